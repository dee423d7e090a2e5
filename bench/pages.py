"""What is asked for, row by row, and by whom."""

import itertools
import random
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from flask import Flask
from sqlalchemy import select

from bench.load import Request
from bench.prose import word
from bench.world import Size
from community.database import session, write_transaction
from community.forum.models import Topic
from community.members.models import Member
from community.threads.models import Thread
from community.viewer import visitor
from tests.crash.settling import Person, sign_in

TURNS, VIEWERS, HOT_TOPICS, SEARCHES = 2_000, 200, 20, 200
WRITTEN_TO, MISSES, READ_BEFORE, VISITS = 400, 6_000, 800, 400


@dataclass(frozen=True)
class Page:
    """`visitor` and `member` are budgets, as parts of hello's rate; `written`: once more while
    others write. So many `visits` are made before, by hand.
    """

    name: str
    paths: list[str]
    visitor: float | None = None
    member: float | None = None
    written: bool = False
    visits: int = 0

    @property
    def is_hot(self) -> bool:
        """So often read that it is measured as one that everybody has read."""
        return self.written

    @property
    def is_one_of_all(self) -> bool:
        """A topic page like the hot ones, but for how often it is read."""
        return not self.is_hot and self.paths[0].startswith("/t/")


@dataclass(frozen=True)
class Plan:
    pages: list[Page]
    people: list[Person]
    manager: Person
    threads: list[str] = field(default_factory=list)

    def requests(self, page: Page, *, signed_in: bool) -> list[Request]:
        """Each path in turn; who asks changes, so that each is asked for by very many."""
        if not signed_in:
            return [Request(path) for path in page.paths]
        chance, count = random.Random(13), max(len(page.paths), TURNS)
        paths = itertools.islice(itertools.cycle(page.paths), count)
        return [Request(path, chance.choice(self.people).cookie) for path in paths]


def plan(app: Flask, size: Size, *, only: str = "") -> Plan:
    """Sign people in and choose what they look at."""
    with app.app_context():
        with write_transaction():
            members = session.scalars(select(Member).where(Member.id >= 100).limit(VIEWERS)).all()
            people = [sign_in(app, member) for member in members]
            manager = sign_in(app, _named("al"))
        everything, tens = _addresses(), _addresses(of_ten=True)
        pages = _pages(everything, tens, searched=size.is_indexed)
        pages = [page for page in pages if only in page.name]
        chosen = Plan(pages, people, manager, _threads(tens[:WRITTEN_TO]))
        session.remove()
    return chosen


def _pages(everything: list[str], tens: list[str], *, searched: bool) -> list[Page]:
    half = min(READ_BEFORE, len(everything) // 2)
    pages = [
        _hot("topic page", tens[:HOT_TOPICS]),
        _hot("latest list", ["/latest"]),
        _hot("home", ["/"]),
        _hot("idea board", ["/ideas"]),
        _hot("wiki page", ["/wiki/manual/page-7"]),
        Page("all topics, nobody has read them", everything[half:], None, 0.15),
        Page("all topics, read before", everything[:half], None, 0.15, visits=half),
    ]
    return [*pages, Page("search, two words", _searches(), None, 0.05)] if searched else pages


def _hot(name: str, paths: list[str]) -> Page:
    return Page(name, paths, 0.8, 0.3, written=True, visits=VISITS)


def _searches() -> list[str]:
    chance = random.Random(11)
    pairs = [
        (word(chance.randrange(150, 1_500)), word(chance.randrange(150, 1_500)))
        for _search in range(SEARCHES)
    ]
    return [f"/search?q={quote_plus(' '.join(pair))}" for pair in pairs]


def _addresses(*, of_ten: bool = False) -> list[str]:
    """Of public topics from all over the forum, more than any process can keep."""
    found = select(Topic.public_id, Topic.slug).where(Topic.audience_id.in_(visitor().audiences))
    if of_ten:
        found = found.join(Thread, Thread.id == Topic.thread_id).where(Thread.post_count == 10)
    known = session.execute(found.order_by(Topic.id)).all()
    chosen = random.Random(5).sample(known, min(MISSES, len(known)))
    return [f"/t/{public_id}/{slug}" for public_id, slug in chosen]


def _threads(addresses: list[str]) -> list[str]:
    topics = [address.split("/")[2] for address in addresses]
    chosen = select(Thread.public_id).join(Topic, Topic.thread_id == Thread.id)
    return list(session.scalars(chosen.where(Topic.public_id.in_(topics))))


def _named(username: str) -> Member:
    found = session.scalars(select(Member).where(Member.profile.has(username=username)))
    return found.one()
