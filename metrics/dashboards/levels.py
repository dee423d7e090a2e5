"""The ladder's levels in words: what each is called, and what places a member there."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from metrics.ladder.rules import (
    ACTIVE_DAYS,
    AUTHORS_NODDED_AT,
    OF_PERIODS,
    ONGOING,
    PEOPLE_ANSWERED,
    SENSE_MAKING_ACTS,
    Level,
)


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
