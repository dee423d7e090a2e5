"""Keeping the rollups up with the facts."""

import logging
import time
from collections.abc import Iterable

from community.counters import go_on_from, place_of
from community.database import write_transaction
from community.diagnoses import diagnosis
from community.jobs import periodic
from metrics.facts.recording import mark_dirty
from metrics.rollups.building import rebuild, refresh
from metrics.rollups.checking import days_after, wrong_on

log = logging.getLogger(__name__)

SECONDS_AT_ONCE = 0.5


@periodic("metrics.rollups", seconds=5)
def refresh_rollups() -> None:
    refresh()


@periodic("metrics.check_rollups", minutes=5)
def check_next_days() -> None:
    """Compare some days' rollups with what their facts make; a wrong day is made anew."""
    began = time.monotonic()
    for day in days_after(place_of("rollups")):
        if wrong := wrong_on(day):
            log.warning("the rollups of %s are not what the facts make: %s", day, wrong)
            with write_transaction():
                mark_dirty(day)
        go_on_from("rollups", day)
        if time.monotonic() - began > SECONDS_AT_ONCE:
            return
    go_on_from("rollups", 0)


def rebuild_wrong_days() -> None:
    rebuild(day for day in days_after(0) if wrong_on(day))


@diagnosis("the rollups are what the facts make", mended_by=rebuild_wrong_days)
def rollups_are_right() -> Iterable[str]:
    for day in days_after(0):
        for table, count in wrong_on(day).items():
            yield f"{count} rows of {table} on {day} are wrong"
