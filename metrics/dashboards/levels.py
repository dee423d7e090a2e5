"""The ladder's levels in words: what each is called, and what places a member there."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from metrics.ladder.rules import (
    ACTIVE_DAYS,
    AUTHORS_NODDED_AT,
    ENGAGED,
    OF_PERIODS,
    ONGOING,
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
            "On %(days)d days or more, and %(acts)d times or more followed a search result, "
            "watched, bookmarked or tagged something.",
            days=ACTIVE_DAYS,
            acts=SENSE_MAKING_ACTS,
        ),
    ),
    LevelWords(
        Level.SHARE,
        _l("Share"),
        _l(
            "On %(days)d days or more, and wrote a topic, idea, article or page of their own, or "
            "voted for or reacted to the work of %(people)d others.",
            days=ACTIVE_DAYS,
            people=AUTHORS_NODDED_AT,
        ),
    ),
    LevelWords(
        Level.PARTICIPATE,
        _l("Participate"),
        _l(
            "On %(days)d days or more, and answered %(people)d others or more, of whom one "
            "answered them. A circle of two or three who talk with nobody else stays at Share.",
            days=ACTIVE_DAYS,
            people=PEOPLE_ANSWERED,
        ),
    ),
    LevelWords(
        Level.CO_CREATE,
        _l("Co-create"),
        _l(
            "Did so in %(ongoing)d of the last %(periods)d periods, and in this one somebody else "
            "accepted their answer, or an employee planned or shipped their idea.",
            ongoing=ONGOING,
            periods=OF_PERIODS,
        ),
    ),
)


@dataclass(frozen=True)
class Band:
    """Some neighbouring levels as one, because too few people stand on one of them."""

    name: str
    levels: Sequence[int]
    count: int


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
