"""The ladder's levels in words: what each is called, and what places a member there."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from metrics.ladder.rules import (
    ACTIVE_DAYS,
    AUTHORS_NODDED_AT,
    CLOSED_CIRCLE,
    ENGAGED,
    OF_PERIODS,
    ONGOING,
    ORIGINALS,
    PARTICIPATING,
    PEOPLE_ANSWERED,
    SENSE_MAKING_ACTS,
    Level,
)
from metrics.results import Figure


@dataclass(frozen=True)
class LevelWords:
    level: int
    name: LazyString
    rule: LazyString


LEVELS = (
    LevelWords(Level.ABSENT, _l("Absent"), _l("Did nothing in the four weeks.")),
    LevelWords(
        Level.MONITOR,
        _l("Monitor"),
        _l("Was there on at least one day: read something, or did anything else."),
    ),
    LevelWords(
        Level.DISCOVER,
        _l("Discover"),
        _l(
            "Was there on at least %(days)d days, and at least %(acts)d times followed a search "
            "result, watched, bookmarked or tagged something.",
            days=ACTIVE_DAYS,
            acts=SENSE_MAKING_ACTS,
        ),
    ),
    LevelWords(
        Level.SHARE,
        _l("Share"),
        _l(
            "Was there on at least %(days)d days, and wrote at least %(works)d topic, idea, "
            "article or page of their own, or voted for or reacted to the work of at least "
            "%(people)d others.",
            days=ACTIVE_DAYS,
            works=ORIGINALS,
            people=AUTHORS_NODDED_AT,
        ),
    ),
    LevelWords(
        Level.PARTICIPATE,
        _l("Participate"),
        _l(
            "Was there on at least %(days)d days, and answered at least %(people)d others, of whom "
            "one answered them. Up to %(circle)d who talk only among themselves stay at Share.",
            days=ACTIVE_DAYS,
            people=PEOPLE_ANSWERED,
            circle=CLOSED_CIRCLE,
        ),
    ),
    LevelWords(
        Level.CO_CREATE,
        _l("Co-create"),
        _l(
            "Participated in at least %(ongoing)d of the last %(periods)d periods of four weeks, "
            "and in this one somebody else accepted their answer, or an employee planned or "
            "shipped their idea.",
            ongoing=ONGOING,
            periods=OF_PERIODS,
        ),
    ),
)


@dataclass(frozen=True)
class Band:
    """A level; or some as one, because too few people stand on one of them."""

    name: str
    levels: Sequence[int]
    count: int

    @property
    def look(self) -> str:
        """The class of its shade; what is told together has one of its own, by its group."""
        if len(self.levels) == 1:
            return f"level-{self.levels[0]}"
        return "levels-engaged" if self.levels[0] in ENGAGED else "levels-taking-part"


def bands_of(figure: Figure) -> list[Band]:
    """The active by level, the highest first; what cannot be told apart is told together."""
    engaged = figure.numerator or 0
    return [
        *_bands(figure, ENGAGED, engaged, _("Engaged")),
        *_bands(figure, PARTICIPATING, figure.n - engaged, _("Taking part")),
    ]


def _bands(figure: Figure, group: Sequence[Level], total: int, name: str) -> list[Band]:
    counts = {int(level): figure.detail["distribution"][level]["count"] for level in group}
    hidden = [level for level, count in counts.items() if count is None]
    told = [
        Band(str(LEVELS[level].name), (level,), count)
        for level, count in counts.items()
        if count is not None and (count or not hidden)
    ]
    if hidden:
        together = name if not told else ", ".join(str(LEVELS[level].name) for level in hidden)
        told.append(Band(together, hidden, total - sum(band.count for band in told)))
    return sorted(told, key=lambda band: max(band.levels), reverse=True)
