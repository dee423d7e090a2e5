"""Windows: whole days in the installation's time zone, the last one included."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from metrics.facts.days import day_number, midnight

# Four whole weeks: no window has more weekends than another.
USUAL = 28


@dataclass(frozen=True)
class Window:
    """From `first` to `last`, both included; without `first`, from the beginning of time."""

    first: date | None
    last: date
    zone: ZoneInfo

    @classmethod
    def ending(cls, last: date, zone: ZoneInfo, days: int = USUAL) -> "Window":
        return cls(last - timedelta(days=days - 1), last, zone)

    @classmethod
    def period_over_by(cls, last: date, zone: ZoneInfo) -> "Window":
        """The latest four whole weeks, Monday to Sunday, that end no later than that day."""
        return cls.ending(last - timedelta(days=last.isoweekday() % 7), zone)

    @property
    def length(self) -> int:
        """In days; a window without a beginning moves by the usual length."""
        return (self.last - self.first).days + 1 if self.first else USUAL

    @property
    def first_day(self) -> int:
        return day_number(self.first) if self.first else 0

    @property
    def last_day(self) -> int:
        return day_number(self.last)

    @property
    def ends_at(self) -> datetime:
        """The midnight after its last day."""
        return midnight(self.last + timedelta(days=1), self.zone)

    @property
    def previous(self) -> "Window":
        """As many days, just before."""
        step = timedelta(days=self.length)
        return Window(self.first and self.first - step, self.last - step, self.zone)

    def as_json(self) -> dict[str, str | int | None]:
        return {
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat(),
            "days": self.length if self.first else None,
            "timezone": self.zone.key,
        }
