"""From what happened to the rows whose documents it changed."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import update

from community.database import session
from community.events import Event, Happened
from community.members.events import MemberErased, ProfileChanged
from community.search import people
from community.search.documents import Key
from community.search.events import SearchMissed
from community.search.indexing import let_texts_of_wait, let_wait
from community.search.jobs import index_waiting
from community.search.models import Miss
from community.sending import insert_once

Changed = Callable[[Any], Iterable[Key]]

_changed_by: dict[type[Event], list[Changed]] = {}


def reindexed_by(table: dict[type[Event], Changed]) -> dict[type[Event], list]:
    """The `SUBSCRIPTIONS` of a room's documents: for each event, the rows to index again."""
    for kind, changed in table.items():
        _changed_by.setdefault(kind, []).append(changed)
    return {kind: [let_changed_wait] for kind in table}


def let_changed_wait(happened: Happened) -> None:
    """Note the rows that changed; the next batch reads them as they are then."""
    keys = [key for changed in _changed_by[type(happened.event)] for key in changed(happened.event)]
    if keys:
        let_wait(keys)
        index_waiting.later(key="search.index")


def let_texts_wait(happened: Happened) -> None:
    """A member has another name, or none any more: what they wrote is indexed under it."""
    event: ProfileChanged | MemberErased = happened.event
    if isinstance(event, MemberErased) or event.renamed:
        let_texts_of_wait(event.member_id)
        index_waiting.later(key="search.index")


def count_miss(happened: Happened) -> None:
    """Count words that found nothing."""
    event: SearchMissed = happened.event
    if not insert_once(Miss, words=event.words, times=1, last_at=happened.at):
        session.execute(
            update(Miss)
            .where(Miss.words == event.words, Miss.last_at < happened.at)
            .values(times=Miss.times + 1, last_at=happened.at)
        )


SUBSCRIPTIONS = reindexed_by(
    dict.fromkeys(people.CHANGED_BY, lambda event: [("member", event.member_id)])
)
SUBSCRIPTIONS[MemberErased].append(let_texts_wait)
SUBSCRIPTIONS[ProfileChanged].append(let_texts_wait)
SUBSCRIPTIONS[SearchMissed] = [count_miss]
