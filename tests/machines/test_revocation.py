"""What is withdrawn in one process is withdrawn in the other within a second.

Two servers of the product on one database. The deed is done at the first, as people do it; from
the moment that it is acknowledged, whom it concerns asks the second for one page after the other.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from subprocess import Popen

import pytest
from flask import Flask

from community.database import session, write_transaction
from community.forum.actions import start_topic
from community.launcher import start, web_server
from community.members.models import Member, Role, Segment, SiteRole
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from tests.crash.conftest import install
from tests.crash.installation import PATIENCE_SECONDS
from tests.crash.settling import Person, sign_in
from tests.servers.valkey import free_port
from tests.world import Cast, join, settle

__all__ = ["install"]

PROMISED_SECONDS = 1.0
BEST_OF = 3  # a machine may be busy with other tests
LONG_ENOUGH_SECONDS = 10.0


@dataclass
class Web:
    """One server, with one process that serves."""

    port: int
    server: Popen

    def ask(self, path: str, person: Person, **fields: str) -> int:
        """The status of the page, or of a form that is sent if it has fields."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        method, body = ("POST", person.form(**fields)) if fields else ("GET", None)
        connection.request(method, path, body, person.headers())
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status


@dataclass
class House:
    """`here` deeds are done, `there` they are to be noticed."""

    app: Flask
    cast: Cast
    here: Web
    there: Web
    topic: str
    colleagues: list[Member]
    late: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    gone: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def browser(self, name: str) -> Person:
        with write_transaction():
            return sign_in(self.app, getattr(self.cast, name))


@contextmanager
def web(folder: Path, environ: dict[str, str]) -> Iterator[Web]:
    port = free_port()
    environ = environ | {"PORT": str(port)}
    with (folder / f"{port}.log").open("wb") as log:
        server = start(web_server("wsgi:app", port), env=environ, stdout=log, stderr=log)
    made = Web(port, server)
    until = time.monotonic() + PATIENCE_SECONDS
    try:
        while not answers(made):
            assert server.poll() is None and time.monotonic() < until, log.name
            time.sleep(0.05)
        yield made
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def answers(made: Web) -> bool:
    try:
        return made.ask("/healthz", Person(0, "", "")) == 200
    except OSError:
        return False


@pytest.fixture
def house(install, database, tmp_path) -> Iterator[House]:
    installation, app = install(database=database)
    environ = installation.environ | {"WEB_WORKERS": "1"}
    with app.app_context():
        cast = settle()
        floor = find_space("floor", cast.viewer("eve"))
        topic = start_topic(floor, "Among us", prepare("Words."), by=cast.viewer("pam"))
        path = f"/t/{topic.public_id}/{topic.slug}"
        with write_transaction():
            session.add(SiteRole(member_id=cast.max.id, role=Role.MODERATOR))
            colleagues = [join(f"colleague{one}", Segment.EMPLOYEE) for one in range(3)]
        with web(tmp_path, environ) as here, web(tmp_path, environ) as there:
            yield House(app, cast, here, there, path, colleagues)


Deed = Callable[[House], int]


@dataclass(frozen=True)
class Withdrawal:
    """Who is concerned, which pages they can open before and not after, and how it is undone."""

    whose: str
    do: Deed
    undo: Deed
    pages: Sequence[str]


def al(path: str, **fields: str) -> Deed:
    """The administrator sends a form; `{eve}` in its address is her public id."""

    def send(house: House) -> int:
        ids = {name: getattr(house.cast, name).public_id for name in ("eve", "max")}
        return house.here.ask(path.format(**ids), house.browser("al"), **fields)

    return send


def nothing(_house: House) -> int:
    return 303


def end_all_sign_ins(house: House) -> int:
    return house.here.ask("/settings/sign-ins/delete", house.browser("eve"), sent="yes")


KEPT, NOT_KEPT = ("/c/floor", "{topic}"), ("/c/floor/new", "/notifications")
WITHDRAWN = {
    "every other browser is signed out": Withdrawal(
        "eve", end_all_sign_ins, nothing, (*KEPT, *NOT_KEPT)
    ),
    "a role is taken away": Withdrawal(
        "max",
        al("/admin/members/{max}/roles", reason="A test."),
        al("/admin/members/{max}/roles", reason="A test.", roles="moderator"),
        ("/moderation", "/c/nordlicht"),
    ),
    "a space's grant is taken away": Withdrawal(
        "eve",
        al("/spaces/floor/grants", group="all-employees", level="0"),
        al("/spaces/floor/grants", group="all-employees", level="3"),
        (*KEPT, "/c/floor/new"),
    ),
    "a member is suspended": Withdrawal(
        "eve",
        al("/admin/members/{eve}/suspension", reason="A test."),
        al("/admin/members/{eve}/suspension/delete", reason="A test."),
        (*KEPT, *NOT_KEPT),
    ),
}


def test_what_is_withdrawn_in_one_process_is_withdrawn_in_the_other_within_a_second(house):
    for what in WITHDRAWN:
        for _time in range(BEST_OF):
            withdraw(house, what)
            if min(house.late[what]) <= PROMISED_SECONDS:
                break
    say(house)
    assert all(min(times) <= PROMISED_SECONDS for times in house.late.values()), house.late


@pytest.mark.soak
def test_it_is_so_each_of_twenty_times(house):
    for what in WITHDRAWN:
        for _time in range(20):
            withdraw(house, what)
    say(house)
    assert all(max(times) <= PROMISED_SECONDS for times in house.late.values()), house.late


def withdraw(house: House, what: str) -> None:
    """Note when a page was last asked for that was still given, and when all were refused."""
    withdrawal, there = WITHDRAWN[what], house.there
    person = house.browser(withdrawal.whose)
    pages = [page.format(topic=house.topic) for page in withdrawal.pages]
    warm(house, pages)
    assert [there.ask(page, person) for page in pages * 2] == [200] * len(pages) * 2
    assert withdrawal.do(house) == 303, what
    acknowledged, late = time.monotonic(), 0.0
    open_pages = list(pages)
    while open_pages:
        for page in list(open_pages):
            began = time.monotonic()
            if there.ask(page, person) == 200:
                late = began - acknowledged
                assert late < LONG_ENOUGH_SECONDS, (what, page)
            else:
                open_pages.remove(page)
    house.late[what].append(late)
    house.gone[what].append(time.monotonic() - acknowledged)
    assert withdrawal.undo(house) == 303


def warm(house: House, pages: Sequence[str]) -> None:
    """Her colleagues read the same, so that what can be kept and shared is."""
    with write_transaction():
        colleagues = [sign_in(house.app, one) for one in house.colleagues]
    for page in pages:
        for colleague in colleagues:
            house.there.ask(page, colleague)


def say(house: House) -> None:
    for what, late in house.late.items():
        gone = [1000 * seconds for seconds in house.gone[what]]
        print(f"{what}: {sum(one > 0 for one in late)} of {len(late)} times late,", end=" ")
        print(f"at most by {1000 * max(late):.0f} ms; all pages", end=" ")
        print(f"refused {median(gone):.0f} ms after the deed, at most {max(gone):.0f}")
