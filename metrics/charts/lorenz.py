"""How evenly contributions are spread: the Lorenz curve beside the line of all alike."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from metrics import wording
from metrics.charts.drawing import Dot, Drawing, Missing, Note, Path, Table
from metrics.charts.scales import Scale, line, thin
from metrics.charts.shares import share_ticks

FEWEST = 3
# Where the curve is put into words.
MARK = 0.75
SHARES = (0.5, 0.25, 0.1, 0.01)


def lorenz_chart(
    points: Sequence[tuple[float, float]], people: int, *, summary: str
) -> Drawing | Missing:
    if people < FEWEST:
        needed = FEWEST - people
        return Missing(
            ngettext("Needs %(num)d more contributor.", "Needs %(num)d more contributors.", needed)
        )
    quietest = given_by(points, MARK)
    x, y = Scale(0, 1), Scale(0, 1, upward=True)
    return Drawing(
        summary=summary,
        table=_table(points),
        x_ticks=share_ticks(x),
        y_ticks=share_ticks(y),
        paths=[
            Path(line([(0, 100), (100, 0)]), "even"),
            Path(line(thin([(x(people), y(given)) for people, given in points], 0.1)), "line"),
        ],
        notes=[
            Note(30, 70, _("all alike"), "even"),
            Note(x(MARK), y(quietest), _in_words(MARK, quietest), "under"),
        ],
        dots=[Dot(x(MARK), y(quietest))],
        look="square",
    )


def _in_words(people: float, share: float) -> str:
    people_share, given = wording.percent(people), wording.percent(share)
    return _("%(people)s gave %(share)s", people=people_share, share=given)


def given_by(points: Sequence[tuple[float, float]], share: float) -> float:
    """What the given share of people gave together, those who gave least first."""
    return max(given for people, given in points if people <= share + 1e-9)


def _table(points: Sequence[tuple[float, float]]) -> Table:
    rows = [
        [wording.percent(share), wording.percent(1 - given_by(points, 1 - share))]
        for share in SHARES
    ]
    return Table([_("The most active"), _("contributed")], rows)
