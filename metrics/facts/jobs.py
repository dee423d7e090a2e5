"""Looking after the facts: what was never recorded is found and made up for."""

import logging
from collections.abc import Iterable

from community.counters import go_on_from, place_of
from community.diagnoses import diagnosis
from community.jobs import periodic
from metrics.facts import checking

log = logging.getLogger(__name__)


@periodic("metrics.check_facts", minutes=1)
def check_next_stretch() -> None:
    after = place_of("facts")
    missing = checking.without_fact(after)
    checking.make_up_for(missing)
    if missing:
        log.warning("%s events were no facts, from %s on: recorded", len(missing), missing[0].id)
    go_on_from("facts", checking.next_stretch(after) or 0)


def record_all_missing() -> None:
    checking.make_up_for(checking.all_without_fact())


@diagnosis("every event that counts is a fact", mended_by=record_all_missing)
def facts_are_complete() -> Iterable[str]:
    for one in checking.all_without_fact():
        yield f"event {one.id} ({type(one.event).__name__}) is no fact"
