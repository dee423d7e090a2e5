"""How long something waits: what is still open after each hour, with the promise as a line."""

from flask_babel import gettext as _
from flask_babel import ngettext

from metrics import wording
from metrics.charts.drawing import Dot, Drawing, Missing, Note, Path, Table, Tick
from metrics.charts.scales import CLOSEST, Scale, band, line, stairs, thin
from metrics.charts.shares import share_ticks
from metrics.statistics.survival import Curve

HORIZON = 72
# Enough to be drawn; whether it is enough to be judged is said by the figure's own state.
FEWEST = 2


def survival_chart(
    curve: Curve, *, summary: str, promise: float = 24, horizon: float = HORIZON
) -> Drawing | Missing:
    """Hours up to `horizon`; `promise` is the time within which an answer was promised."""
    if curve.n < FEWEST:
        needed = FEWEST - curve.n
        return Missing(
            ngettext("Needs %(num)d more thread.", "Needs %(num)d more threads.", needed)
        )
    x, y = Scale(0, horizon), Scale(0, 1, upward=True)
    hours = [horizon * share for share in (0, 1 / 6, 1 / 3, 2 / 3, 1)]
    kept = curve.ended_by(promise).value
    return Drawing(
        summary=summary,
        table=_table(curve, hours),
        x_ticks=[Tick(x(hour), _hours(hour), minor=hour == hours[1]) for hour in hours],
        y_ticks=share_ticks(y),
        paths=_paths(curve, x, y, horizon),
        guides=[x(promise)],
        dots=[Dot(x(promise), y(1 - kept))],
        notes=[
            *_of_promise(promise, kept, x, y),
            Note(100, y(curve.open_at(horizon).value), _("still waiting"), "end", minor=True),
        ],
        below=[
            Tick(x(hour), wording.whole(curve.at_risk(hour)), hour == hours[1]) for hour in hours
        ],
        below_name=_("waiting"),
    )


def _of_promise(promise: float, kept: float, x: Scale, y: Scale) -> list[Note]:
    """What was promised, and what share was answered by then."""
    answered = _("%(share)s answered", share=wording.percent(kept))
    return [
        Note(x(promise), 0, _("promise: %(time)s", time=_hours(promise)), "guide"),
        Note(x(promise), y(1 - kept), answered, "point"),
    ]


def _paths(curve: Curve, x: Scale, y: Scale, horizon: float) -> list[Path]:
    places = [(0.0, 1.0, 1.0, 1.0)]
    places += [
        (step.time, step.survival, step.low, step.high)
        for step in curve.steps
        if step.time < horizon
    ]
    places.append((horizon, *places[-1][1:]))
    seen = thin(places, gap=x.width_of(CLOSEST))
    value, low, high = (
        stairs([(x(place[0]), y(place[column])) for place in seen]) for column in (1, 2, 3)
    )
    return [Path(band(high, low), "band"), Path(line(value), "line")]


def _table(curve: Curve, hours: list[float]) -> Table:
    rows = []
    for hour in hours:
        value, low, high = curve.open_at(hour)
        rows.append(
            [
                _hours(hour),
                wording.percent(value),
                wording.span(low, high, "share"),
                wording.whole(curve.at_risk(hour)),
            ]
        )
    return Table([_("After"), _("Still waiting"), _("Interval"), _("Watched so long")], rows)


def _hours(hours: float) -> str:
    return _("%(hours)s h", hours=wording.whole(hours))
