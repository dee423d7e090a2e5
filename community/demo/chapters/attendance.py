"""Who came on which day, and what they read and searched for.

People come more often the livelier they are, less at weekends, and more as the community gets
better at answering. They mostly read what was said lately.
"""

import itertools
from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from community.database import write_transaction
from community.demo.cast import BEGINNING, Person
from community.demo.phases import phase_of
from community.demo.stage import Shelf, Stage
from community.events import Event, emit_all, occurring
from community.identifiers import new_public_id
from community.search.events import SearchDone, SearchResultOpened
from community.threads.readings import Reading, keep_readings

SEED = "Brightwell readers"
AT_ONCE = 500
_COMES = (0.0, 0.04, 0.10, 0.22, 0.42, 0.66)
_AT_WEEKENDS = 0.25
_SEARCHES = 0.12
_OPENS_A_RESULT = 0.65


def attend(stage: Stage) -> None:
    """Deal out the readings and searches of all days, and keep them as the buffer would."""
    random = Random(SEED)
    readings, searches = [], []
    for person, visit in _visits(stage, random):
        read = list(_read(stage, person, visit, random))
        readings += read
        if read and random.random() < _SEARCHES:
            searches += _search(read[-1], random)
    readings += _before_writing(stage)
    with occurring(source="import"):
        for batch in _batches(sorted(readings, key=lambda reading: reading.at)):
            with write_transaction():
                keep_readings(batch)
        with write_transaction():
            emit_all([event for event, _ in searches], at=[at for _, at in searches])
    for call in stage.afterwards:
        call(readings)


def _visits(stage: Stage, random: Random) -> Iterator[tuple[Person, datetime]]:
    now = stage.script.now
    for days, person in itertools.product(
        range(BEGINNING, -1, -1), stage.script.cast.people.values()
    ):
        visit = (now - timedelta(days=days)).replace(hour=6) + timedelta(
            minutes=random.randint(0, 14 * 60)
        )
        likely = _COMES[person.lively] * phase_of(visit, now).attendance
        if visit.weekday() > 4:
            likely *= _AT_WEEKENDS
        if person.joined < visit < now and random.random() < likely:
            yield person, visit


def _read(stage: Stage, person: Person, visit: datetime, random: Random) -> Iterator[Reading]:
    open_to = [s for s in stage.shelves if person.key in s.readers and s.since < visit]
    if not open_to:
        return
    weights = [_attraction(shelf, visit) for shelf in open_to]
    chosen = random.choices(open_to, weights, k=random.randint(1, 1 + person.lively))
    for minutes, shelf in enumerate(dict.fromkeys(map(id, chosen)), start=1):
        found = next(one for one in chosen if id(one) == shelf)
        at = visit + timedelta(minutes=3 * minutes)
        if at < stage.script.now:
            yield _reading(stage, found, person.key, at)


def _attraction(shelf: Shelf, visit: datetime) -> float:
    """The last thing said before the visit draws, and less with every day."""
    said = bisect_right(shelf.moments, visit)
    latest = shelf.moments[said - 1] if said else shelf.since
    return (1 + said) ** 0.5 / (1 + (visit - latest).days) ** 1.3


def _reading(stage: Stage, shelf: Shelf, key: str, at: datetime) -> Reading:
    return Reading(
        **shelf.thread,
        member_id=stage.members[key],
        up_to=bisect_right(shelf.moments, at),
        at=at,
    )


def _before_writing(stage: Stage) -> Iterator[Reading]:
    """Nobody answers what they have not opened."""
    shelves = {shelf.thread["thread_id"]: shelf for shelf in stage.shelves}
    for (kind, key, *_number), thread_id in list(stage.made.items()):
        if kind != "thread":
            continue
        for post in stage.script.topics[key].posts[1:]:
            yield _reading(stage, shelves[thread_id], post.by, post.at - timedelta(seconds=90))


def _search(found: Reading, random: Random) -> Iterator[tuple[Event, datetime]]:
    name, at = new_public_id(), found.at - timedelta(seconds=40)
    place = random.choice((1, 1, 1, 2, 2, 3, 4))
    common = {
        "actor_id": found.member_id,
        "space_id": found.space_id,
        "audience_id": found.audience_id,
        "search": name,
    }
    yield SearchDone(**common, total=place + random.randint(0, 9)), at
    if random.random() < _OPENS_A_RESULT:
        opened = SearchResultOpened(
            **common, subject_kind=found.subject_kind, subject_id=found.subject_id, place=place
        )
        yield opened, at + timedelta(seconds=20)


def _batches(readings: list[Reading]) -> Iterator[list[Reading]]:
    for first in range(0, len(readings), AT_ONCE):
        yield readings[first : first + AT_ONCE]
