"""Days as numbers, yyyymmdd in the installation's time zone, and moments as milliseconds."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def day_number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def date_of(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)


def day_at(moment: datetime, zone: ZoneInfo) -> int:
    return day_number(moment.astimezone(zone).date())


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When the day begins; at a change of the clocks it is not always 24 hours after the last."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def milliseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def moment_of(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
