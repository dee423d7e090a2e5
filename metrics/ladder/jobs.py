"""Keeping the ladder what its days make, whatever was done to its tables."""

import logging
import time
from collections.abc import Iterable

from community.counters import go_on_from, place_of
from community.diagnoses import diagnosis
from community.jobs import periodic
from metrics.ladder.building import refresh_ladder
from metrics.ladder.checking import (
    drop,
    due_periods,
    have_made_anew,
    is_waiting,
    stray_periods,
    wrong_in,
)
from metrics.ladder.memberships import Memberships

log = logging.getLogger(__name__)

SECONDS_AT_ONCE = 0.5


@periodic("metrics.check_ladder", minutes=10)
def check_next_periods() -> None:
    """Compare some periods with what their days make; the wrong ones are made anew."""
    if is_waiting():
        return
    drop(stray_periods())
    began, people, wrong = time.monotonic(), Memberships.read(), []
    for first in [one for one in due_periods() if one > place_of("ladder")]:
        if found := wrong_in(first, people):
            log.warning("the ladder of %s is not what its days make: %s", first, found)
            wrong.append(first)
        go_on_from("ladder", first)
        if time.monotonic() - began > SECONDS_AT_ONCE:
            break
    else:
        go_on_from("ladder", 0)
    have_made_anew(wrong)


def rebuild_wrong_periods() -> None:
    drop(stray_periods())
    have_made_anew(_wrong_periods())
    refresh_ladder()


def _wrong_periods() -> dict[int, dict[str, int]]:
    people = Memberships.read()
    wrong = {first: wrong_in(first, people) for first in due_periods()}
    return {first: found for first, found in wrong.items() if found}


@diagnosis("the ladder is what its days make", mended_by=rebuild_wrong_periods)
def ladder_is_right() -> Iterable[str]:
    if is_waiting():
        return
    for first, found in _wrong_periods().items():
        for table, count in found.items():
            yield f"{count} rows of {table} in the period from {first} are wrong"
    for first in stray_periods():
        yield f"there are rows of a period from {first}, which is none"
