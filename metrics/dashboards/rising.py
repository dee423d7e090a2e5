"""The ladder week by week: how the active are spread over its levels."""

from collections.abc import Sequence

from flask_babel import format_date
from flask_babel import gettext as _

from metrics import wording
from metrics.charts.drawing import Key, Table
from metrics.charts.stack import Column, Part, stack_chart
from metrics.dashboards.figures import Link, Shown, links_of
from metrics.dashboards.levels import LEVELS, bands_of
from metrics.results import Result


def rising(results: Sequence[Result], *links: Link) -> Shown:
    """The latest week last; a week with too few people altogether is a gap."""
    sentence = _(
        "Active members by the highest level each reached in the four weeks up to each Sunday. "
        "Levels with too few people are shown with another."
    )
    columns = [Column(_when(result), _parts(result)) for result in results]
    drawing = stack_chart(
        columns,
        key=_key(columns),
        table=_table(results),
        summary=sentence,
    )
    links = links or tuple(links_of(results[-1], _("the last week")))
    return Shown("levels", _("The ladder, week by week"), sentence, drawing, links)


def _when(result: Result) -> str:
    return format_date(result.question.window.last, "d MMM")


def _parts(result: Result) -> list[Part]:
    figure = result.figure
    if not figure.n:
        return []
    return [
        Part(band.name, band.look, band.count / figure.n) for band in bands_of(figure) if band.count
    ]


def _key(columns: Sequence[Column]) -> list[Key]:
    """The five levels, and the shades of those told together where there are any."""
    found = {part.look for column in columns for part in column.parts}
    together = [
        Key(_("Several of levels 1 to 3"), "levels-taking-part"),
        Key(_("Levels 4 and 5 together"), "levels-engaged"),
    ]
    return [
        *(Key(str(words.name), f"level-{words.level:d}") for words in LEVELS[1:]),
        *(key for key in together if key.look in found),
    ]


def _table(results: Sequence[Result]) -> Table:
    names = [str(words.name) for words in LEVELS[:0:-1]]
    return Table(
        [_("When"), *names, _("Engaged")],
        [[_when(result), *_shares(result)] for result in results],
    )


def _shares(result: Result) -> list[str]:
    figure = result.figure
    if not figure.n:
        return ["–"] * len(LEVELS)
    counts = [part["count"] for part in figure.detail["distribution"][:0:-1]]
    shares = [None if count is None else count / figure.n for count in counts]
    return [wording.in_unit(share, "share") for share in [*shares, figure.value]]
