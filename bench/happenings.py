"""Facts by the million: what a crowd of members did in two years, day by day, in bulk."""

import random
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from bench.people import EMPLOYEES, Spaces
from community import clock
from metrics.facts.days import day_number, milliseconds
from metrics.facts.models import Boundary, Kind, Side, Verb

DAYS, TALKED_ABOUT = 730, 3_000
DAY_MS = 24 * 60 * 60 * 1000
BEFORE_ALL = clock.now() - timedelta(days=DAYS + 7)
# Of a hundred facts; a topic makes two.
VERBS = {
    Verb.READ: 66,
    Verb.POST: 12,
    Verb.TOPIC: 2,
    Verb.REACTION: 10,
    Verb.VOTE: 2,
    Verb.WATCH: 2,
    Verb.BOOKMARK: 2,
    Verb.SEARCH_CLICK: 1,
    Verb.ACCEPTANCE: 0.7,
    Verb.WITHDRAWN: 0.3,
}
OF_POSTS = (Verb.POST, Verb.REACTION, Verb.ACCEPTANCE, Verb.WITHDRAWN)


class Talk(NamedTuple):
    """A topic that is being talked about, and its latest post."""

    thread: int
    space: int
    boundary: Boundary
    author: int
    post: int


class Happenings:
    """Some members do most of it, and most of it is about what is new."""

    def __init__(self, spaces: Spaces, count: int) -> None:
        self.chance = random.Random(7)
        self.rooms, self.members = spaces.categories, spaces.members
        self.weights = list(accumulate(1 / (rank + 50) for rank in range(len(self.members))))
        self.a_day = round(count / DAYS)
        self.events = self.threads = self.posts = 0
        self.talks: deque[Talk] = deque(maxlen=TALKED_ABOUT)

    def by_day(self) -> Iterator[list[dict[str, int]]]:
        today = datetime.combine(clock.now().date(), datetime.min.time(), UTC)
        for ago in range(DAYS, 0, -1):
            yield list(self._of_day(today - timedelta(days=ago)))

    def _of_day(self, begins: datetime) -> Iterator[dict[str, int]]:
        day, first = day_number(begins.date()), milliseconds(begins)
        people = self.chance.choices(self.members, cum_weights=self.weights, k=self.a_day)
        verbs = self.chance.choices([*VERBS], [*VERBS.values()], k=self.a_day)
        for number, (member, verb) in enumerate(zip(people, verbs, strict=True)):
            at = first + number * DAY_MS // self.a_day
            if verb == Verb.TOPIC or not self.talks:
                talk = self._open(member)
                yield self._fact(day, at, Verb.OPENED, member, talk)
                yield self._fact(day, at, Verb.TOPIC, member, talk)
            else:
                yield self._fact(day, at, verb, member, self._talk(verb))

    def _open(self, author: int) -> Talk:
        self.threads += 1
        self.posts += 1
        number = self.threads % len(self.rooms)
        boundary = Boundary.INTERNAL if number % 8 == 7 else Boundary.EXTERNAL
        talk = Talk(self.threads, self.rooms[number].id, boundary, author, self.posts)
        self.talks.append(talk)
        return talk

    def _talk(self, verb: Verb) -> Talk:
        place = -1 - min(int(self.chance.expovariate(1 / 300)), len(self.talks) - 1)
        if verb == Verb.POST:
            self.posts += 1
            self.talks[place] = self.talks[place]._replace(post=self.posts)
        return self.talks[place]

    def _fact(self, day: int, at: int, verb: Verb, member: int, talk: Talk) -> dict[str, int]:
        self.events += 1
        of_post = verb in OF_POSTS
        to = talk.author if of_post else 0
        return {
            "day": day,
            "event_id": self.events,
            "at": at,
            "verb": verb,
            "member_id": member,
            "segment": _side(member),
            "organization_id": 0,
            "unit_id": 0,
            "space_id": talk.space,
            "boundary": talk.boundary,
            "object_kind": Kind.POST if of_post else Kind.TOPIC,
            "object_id": talk.post if of_post else talk.thread,
            "thread_id": talk.thread,
            "to_member_id": to,
            "to_segment": _side(to) if to else Side.NOBODY,
            "detail": 0,
        }


def _side(member: int) -> Side:
    return Side.EMPLOYEE if member % 100 < EMPLOYEES * 100 else Side.CUSTOMER
