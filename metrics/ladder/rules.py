"""Which evidence places a member on which level.

The steps follow Preece and Shneiderman's Reader-to-Leader and Orbit's levels. The thresholds are
the house's own, not benchmarks: nobody has published any that hold for every community. Each is
named here alone, and the ladder's page says it from here; whoever changes one changes the version
of the ladder's definitions too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    ABSENT = 0
    MONITOR = 1
    DISCOVER = 2
    SHARE = 3
    PARTICIPATE = 4
    CO_CREATE = 5


# Up to here members take part; from then on they are engaged: they talk, and are talked with.
PARTICIPATING = (Level.MONITOR, Level.DISCOVER, Level.SHARE)
ENGAGED = (Level.PARTICIPATE, Level.CO_CREATE)

# On how many days they were there at all, from Discover on: one visit is no habit.
ACTIVE_DAYS = 2
# How often they looked for something or marked it as theirs to follow: Discover.
SENSE_MAKING_ACTS = 2
# How many works of their own they opened, or else ...
ORIGINALS = 1
# ... at how many people's work they nodded with a vote or a reaction: Share.
AUTHORS_NODDED_AT = 3
# How many others they answered, of whom one must have answered them: Participate.
PEOPLE_ANSWERED = 2
# A circle of so few, apart from the others, is no community: its members stay at Share.
CLOSED_CIRCLE = 3
# Engaged in so many of the last so many periods is ongoing: Co-create.
ONGOING, OF_PERIODS = 2, 3


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """What a member did in a period, in numbers.

    `exchanged`: somebody they answered answered them, in either order. `closed_circle`: they talk
    only within a pair or a group of three that nobody else belongs to.
    """

    active_days: int = 0
    sense_making: int = 0
    originals: int = 0
    nodded_at: int = 0
    answered: int = 0
    exchanged: bool = False
    closed_circle: bool = False


def rung_of(conduct: Conduct) -> Level:
    """The highest level that this period alone gives."""
    return next((level for level, holds in RULES if holds(conduct)), Level.ABSENT)


def level_of(rung: int, *, validated: bool, engaged_periods: int) -> int:
    """The level, with the present and the two periods before in which they were engaged."""
    return Level.CO_CREATE if validated and engaged_periods >= ONGOING else rung


def _participates(conduct: Conduct) -> bool:
    return (
        conduct.active_days >= ACTIVE_DAYS
        and conduct.answered >= PEOPLE_ANSWERED
        and conduct.exchanged
        and not conduct.closed_circle
    )


def _shares(conduct: Conduct) -> bool:
    gave = conduct.originals >= ORIGINALS or conduct.nodded_at >= AUTHORS_NODDED_AT
    return conduct.active_days >= ACTIVE_DAYS and (gave or _talks_in_a_closed_circle(conduct))


def _talks_in_a_closed_circle(conduct: Conduct) -> bool:
    """What would place them higher, did it reach anybody else."""
    return conduct.closed_circle and conduct.answered >= PEOPLE_ANSWERED and conduct.exchanged


def _discovers(conduct: Conduct) -> bool:
    return conduct.active_days >= ACTIVE_DAYS and conduct.sense_making >= SENSE_MAKING_ACTS


def _monitors(conduct: Conduct) -> bool:
    """Whoever did anything has read something."""
    return conduct.active_days > 0


RULES: tuple[tuple[Level, Callable[[Conduct], bool]], ...] = (
    (Level.PARTICIPATE, _participates),
    (Level.SHARE, _shares),
    (Level.DISCOVER, _discovers),
    (Level.MONITOR, _monitors),
)
