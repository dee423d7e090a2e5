"""What is asked of a metric: of whom, where, when, as seen at which moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from flask_babel import gettext as _

from community import clock
from community.config import settings
from community.errors import Invalid
from metrics.catalogue import Metric, find_metric
from metrics.facts.models import Boundary, Side
from metrics.windows import Window

DAY = 24
LONGEST_WAIT = 366 * DAY
ASKED = ("segment", "space", "boundary", "from", "to", "as_of", "within")
UNITS = {"h": 1, "d": DAY, "m": 1 / 60}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One metric, asked precisely; equal questions have equal answers.

    `asked`: the days that were asked for, where the metric keeps to periods of its own.
    """

    metric: Metric
    window: Window
    as_of: datetime
    segment: Side | None = None
    space_id: int | None = None
    boundary: Boundary | None = None
    within: float = DAY
    asked: Window | None = field(default=None, compare=False)

    @property
    def last_day(self) -> int:
        """The last day that had begun at `as_of`."""
        seen = int(self.as_of.astimezone(self.window.zone).strftime("%Y%m%d"))
        return min(self.window.last_day, seen)

    @property
    def previous(self) -> "Question":
        """The same of the window before. A state, such as a backlog, is taken as of then too."""
        as_of = self.as_of
        if self.metric.state_of_now:
            as_of -= timedelta(days=self.window.length)
        return replace(self, window=self.window.previous, as_of=as_of)

    @property
    def in_words(self) -> str:
        """Equal for equal questions, in whatever process they are asked."""
        window, metric = self.window, self.metric
        asked = (self.segment, self.space_id, self.boundary, self.within)
        days = (window.first, window.last, window.zone.key, self.as_of.isoformat())
        return " ".join(map(str, (metric.id, metric.version, *days, *asked)))

    def about(self, metric_id: str) -> "Question":
        return replace(self, metric=find_metric(metric_id)).over(self.window)

    def over(self, window: Window) -> "Question":
        """The same in a window, as far as the metric keeps to windows."""
        if self.metric.state_of_now:
            window = replace(window, first=None)
        if self.metric.by_period:
            return replace(self, window=period_over(window, self.as_of), asked=window)
        return replace(self, window=window)


def period_over(window: Window, as_of: datetime) -> Window:
    """The last period within the window's end that was over at the moment."""
    yesterday = as_of.astimezone(window.zone).date() - timedelta(days=1)
    return Window.period_over_by(min(window.last, yesterday), window.zone)


def asked_in(arguments: Mapping[str, str]) -> dict[str, str]:
    """Of an address's arguments those that make up a question."""
    return {name: arguments[name] for name in ASKED if arguments.get(name)}


def question_from(
    metric: Metric,
    asked: Mapping[str, str | None],
    *,
    space_id: int | None = None,
    now: datetime | None = None,
) -> Question:
    """Read `segment boundary from to as_of within` as written in an address or a command."""
    as_of = _moment("as_of", asked.get("as_of")) or now or clock.now()
    boundary = _choice("boundary", asked.get("boundary"), BOUNDARIES)
    if metric.by_period and (space_id or boundary is not None):
        name = "space" if space_id else "boundary"
        raise Invalid({name: _("The ladder is counted for the whole community alone.")})
    question = Question(
        metric=metric,
        window=_window(metric, asked, as_of),
        as_of=as_of,
        segment=_choice("segment", asked.get("segment"), SEGMENTS),
        space_id=space_id,
        boundary=boundary,
        within=_hours("within", asked.get("within")),
    )
    return question.over(question.window) if metric.by_period else question


def _window(metric: Metric, asked: Mapping[str, str | None], as_of: datetime) -> Window:
    """The days asked for, in the site's zone; by default the last ones at the moment."""
    zone = settings().zone
    last = _day("to", asked.get("to")) or as_of.astimezone(zone).date()
    first = _day("from", asked.get("from"))
    if first is None and not metric.state_of_now:
        first = Window.ending(last, zone).first
    if first and first > last:
        raise Invalid({"from": _("The window begins after it ends.")})
    return Window(first, last, zone)


SEGMENTS = {side.name.lower(): side for side in Side if side is not Side.NOBODY}
BOUNDARIES = {"internal": Boundary.INTERNAL, "external": Boundary.EXTERNAL}


def _choice(name, written, known):
    if not written or written == "all":
        return None
    if written not in known:
        choices = ", ".join(known)
        raise Invalid({name: _("%(name)s is one of %(choices)s.", name=name, choices=choices)})
    return known[written]


def _day(name: str, written: str | None) -> date | None:
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise Invalid({name: _("Write the day like 2026-11-22.")}) from None
    if not 1970 <= day.year < 2200:
        raise Invalid({name: _("That day is too far away.")})
    return day


def _moment(name: str, written: str | None) -> datetime | None:
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written.replace(" ", "+"))
    except ValueError:
        raise Invalid({name: _("Write the moment like 2026-11-22T09:00:00Z.")}) from None
    if not 1970 < moment.year < 2200:
        raise Invalid({name: _("That moment is too far away.")})
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _hours(name: str, written: str | None) -> float:
    """A time like 24h, 2d or 90m."""
    if not written:
        return DAY
    number, unit = written[:-1], written[-1:]
    hours = int(number) * UNITS[unit] if number.isdecimal() and unit in UNITS else 0
    if not 0 < hours <= LONGEST_WAIT:
        raise Invalid({name: _("Write the time like 24h, 2d or 90m, a year at most.")})
    return hours
