"""What is asked for, row by row, and by whom."""

import itertools
import random
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from flask import Flask
from sqlalchemy import select

from bench.load import Request
from bench.prose import word
from community.database import session, write_transaction
from community.forum.models import Topic
from community.members.models import Member
from community.spaces.models import Space
from community.threads.models import Thread
from community.viewer import visitor
from tests.crash.settling import Person, sign_in

AT_LEAST, VIEWERS, HOT_TOPICS, SEARCHES = 16, 200, 20, 200


@dataclass(frozen=True)
class Page:
    """`anonymous` and `signed_in` are budgets, as parts of hello's rate; `written`: once more
    while others write.
    """

    name: str
    paths: list[str]
    anonymous: float | None = None
    signed_in: float | None = None
    written: bool = False


@dataclass(frozen=True)
class Plan:
    pages: list[Page]
    people: list[Person]
    manager: Person
    threads: list[str] = field(default_factory=list)

    def requests(self, page: Page, *, signed_in: bool) -> list[Request]:
        """Each path in turn; each asked by another member than the one before."""
        if not signed_in:
            return [Request(path) for path in page.paths]
        count = max(len(page.paths), AT_LEAST)
        pairs = zip(itertools.cycle(page.paths), itertools.cycle(self.people), strict=False)
        return [Request(path, one.cookie) for path, one in itertools.islice(pairs, count)]


def plan(app: Flask, *, only: str = "") -> Plan:
    """Sign people in and choose what they look at."""
    with app.app_context():
        with write_transaction():
            members = session.scalars(select(Member).where(Member.id >= 100).limit(VIEWERS)).all()
            people = [sign_in(app, member) for member in members]
            manager = sign_in(app, _named("al"))
        topics = _public_topics()
        tens = [topic for topic in topics if topic.thread.post_count == 10]
        pages = [page for page in _pages(topics, tens) if only in page.name]
        chosen = Plan(pages, people, manager, _threads(tens))
        session.remove()
    return chosen


def _pages(topics: list[Topic], tens: list[Topic]) -> list[Page]:
    everything = [_url(topic) for topic in topics]
    random.Random(5).shuffle(everything)
    return [
        Page("topic page", [_url(topic) for topic in tens[:HOT_TOPICS]], 0.8, 0.3, written=True),
        Page("latest list", ["/latest"], 0.8, 0.3, written=True),
        Page("home", ["/"], 0.8, 0.3, written=True),
        Page("idea board", ["/ideas"], 0.8, 0.3, written=True),
        Page("wiki page", ["/wiki/manual/page-7"], 0.8, 0.3, written=True),
        Page("all topics, mostly misses", everything, None, 0.15),
        Page("search, two words", _searches(), None, 0.05),
    ]


def _searches() -> list[str]:
    chance = random.Random(11)
    pairs = [
        (word(chance.randrange(150, 1_500)), word(chance.randrange(150, 1_500)))
        for _search in range(SEARCHES)
    ]
    return [f"/search?q={quote_plus(' '.join(pair))}" for pair in pairs]


def _public_topics() -> list[Topic]:
    audiences = visitor().audiences
    return list(
        session.scalars(
            select(Topic)
            .join(Space, Space.id == Topic.space_id)
            .where(Topic.audience_id.in_(audiences))
            .order_by(Topic.id)
        )
    )


def _threads(topics: list[Topic]) -> list[str]:
    keys = [topic.thread_id for topic in topics[:400]]
    return list(session.scalars(select(Thread.public_id).where(Thread.id.in_(keys))))


def _url(topic: Topic) -> str:
    return f"/t/{topic.public_id}/{topic.slug}"


def _named(username: str) -> Member:
    found = session.scalars(select(Member).where(Member.profile.has(username=username)))
    return found.one()
