"""What is counted without a server, in a process of its own: statements, and the metrics page.

The process ends while its data folder is still there: what its pages noted is written at its end.
"""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import func, select

from bench.pages import Page, Plan
from bench.statements import counting
from bench.table import Row, at_most
from bench.world import World
from community.database import session, write_transaction
from community.members.models import Member
from metrics.facts.models import Fact
from tests.crash.settling import Person, sign_in
from tests.sql import PER_PAGE

ON_A_HIT, METRICS_MS, LEARNING = 2, 100, 60

T = TypeVar("T")


def in_process(world: World, port: int, plan: Plan) -> Iterator[Row]:
    yield from in_a_process_of_its_own(_rows, world, port, plan)


def in_a_process_of_its_own(work: Callable[..., T], *arguments: Any) -> T:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _rows(world: World, port: int, plan: Plan) -> list[Row]:
    asking = Asking(world.make_app(port))
    pages = [page for page in plan.pages if not page.is_one_of_all]
    rows = [row for page in pages for row in _statements(asking, page, plan.people)]
    return [*rows, _metrics_page(asking, plan.manager)]


class Asking:
    """Of an application in this process, by whom one likes."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def get(self, path: str, person: Person | None = None) -> str:
        answer = self.app.test_client(use_cookies=False).get(
            path,
            base_url=self.app.config["SETTINGS"].base_url,
            headers={"Cookie": person.cookie} if person else {},
            follow_redirects=True,
        )
        assert answer.status_code == 200, (path, answer.status)
        return answer.get_data(as_text=True)

    def forget(self) -> None:
        """All pages; the connection on which changes are heard stays."""
        front = self.app.extensions["front"]
        for kept in (front.shelf, front.cupboard):
            kept.clear()
        front.members.forget()

    def commit_elsewhere(self, person: Person) -> None:
        """Something that no page shows; the next page is asked for when it can be heard of."""
        with self.app.app_context():
            with write_transaction():
                sign_in(self.app, session.get_one(Member, person.member_id))
            session.remove()
        changes = self.app.extensions["front"].changes
        changes.asked_at = changes.pages_since = 0.0

    def learn(self, path: str, people: Sequence[Person | None]) -> None:
        """As long in use as a page that many have read is, and the last of them twice."""
        for number in range(LEARNING):
            self.get(path, people[number % len(people)])
        self.get(path, people[0])
        self.get(path, people[0])


def _statements(asking: Asking, page: Page, people: Sequence[Person]) -> Iterator[Row]:
    """Those on the way to a page that nobody has read, and to one that many have."""
    path, name = page.paths[0], page.name.partition(",")[0]
    readers: dict[str, Sequence[Person | None]] = {"visitor": [None], "member": people}
    for who, some in readers.items():
        asking.get(path, some[0])
        asking.forget()
        count = _count(asking, path, some[0])
        yield at_most(f"SQL statements, {name}, {who}, a miss", count, PER_PAGE)
        if page.is_hot:
            asking.learn(path, some)
            count = _count(asking, path, some[0])
            yield at_most(f"SQL statements, {name}, {who}, a hit", count, ON_A_HIT)
            asking.commit_elsewhere(people[-1])
            count = _count(asking, path, some[0])
            said = f"SQL statements, {name}, {who}, a hit after a commit elsewhere"
            yield at_most(said, count, ON_A_HIT)


def _count(asking: Asking, path: str, person: Person | None) -> int:
    with counting() as statements:
        asking.get(path, person)
    return len(statements)


def _metrics_page(asking: Asking, manager: Person) -> Row:
    times = []
    for _view in range(7):
        began = time.perf_counter()
        asking.get("/metrics", manager)
        times.append((time.perf_counter() - began) * 1000)
    with asking.app.app_context():
        facts = session.scalar(select(func.count()).select_from(Fact))
    name = "metrics overview, from rollups"
    return at_most(name, statistics.median(times), METRICS_MS, "ms", f"{facts:,} facts")
