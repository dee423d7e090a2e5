"""Where the time of one page goes, by part: `bin/bench --profile topic`.

A look at the stack every millisecond, waiting for the database included; what runs in C counts for
whoever called it. A miss: nothing of the page is kept. A hit: it has been read by many.
"""

import itertools
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from werkzeug.test import EnvironBuilder

from bench.inside import Asking, in_a_process_of_its_own
from bench.pages import Page, Plan, plan
from bench.statements import counting
from bench.world import World
from community.config import ROOT
from tests.crash.settling import Person

EVERY, FOR_SECONDS, LINES = 0.001, 5, 12

DRIVER = "database driver, and waiting for the database"
ASKS = ("do_execute", "do_commit", "do_begin", "do_rollback", "fetchall", "fetchone", "fetchmany")
# The innermost frame that one of these is part of says whose time it was; the first one found.
PARTS = (
    ("ORM", ("sqlalchemy/orm/", "sqlalchemy/event/", "flask_sqlalchemy/")),
    ("SQL: statements built and compiled, rows fetched", ("sqlalchemy/",)),
    (DRIVER, ("psycopg", "pysqlite3")),
    ("gettext and dates", ("flask_babel/", "babel/", "gettext.py")),
    ("Jinja", (f"{ROOT}/templates/", "jinja2/", "markupsafe/")),
    ("sign-in and session", ("flask_login/", "itsdangerous/", "flask/sessions.py", "flask_wtf/")),
    ("Flask, Werkzeug", ("flask/", "werkzeug/", "flask_limiter/", "limits/")),
    ("ours: keeping", ("community/keeping/",)),
    ("ours: rooms and kernel", (f"{ROOT}/community/", f"{ROOT}/ideas/", f"{ROOT}/metrics/")),
)


def of_page(world: World, name: str) -> str:
    chosen = plan(world.make_app(), world.size)
    page = next((page for page in chosen.pages if name in page.name), None)
    assert page, f"no page has {name!r} in its name"
    return in_a_process_of_its_own(_profiled, world, page, chosen)


def _profiled(world: World, page: Page, chosen: Plan) -> str:
    asking, path = Asking(world.make_app()), page.paths[0]
    readers: dict[str, list[Any]] = {"visitor": [None], "member": chosen.people}
    tables = []
    for who, some in readers.items():
        if page.is_hot:
            asking.learn(path, some)
            hits = Profile(asking, itertools.repeat(path), some[0])
            tables.append(hits.table(f"{page.name}, {who}, a hit"))
        misses = Profile(asking, _missed(asking, page, chosen), some[0])
        tables.append(misses.table(f"{page.name}, {who}, a miss"))
    return "\n\n".join(tables)


def _missed(asking: Asking, page: Page, chosen: Plan) -> Iterator[str]:
    """One topic after the other, as there are many; of another page, all is forgotten each time."""
    is_topic = page.paths[0].startswith("/t/")
    paths = max((one.paths for one in chosen.pages), key=len) if is_topic else page.paths
    for path in itertools.cycle(paths):
        if not is_topic:
            asking.forget()
        yield path


class Profile:
    """A page asked for over and over, without a server and a client's own work."""

    def __init__(self, asking: Asking, paths: Iterator[str], person: Person | None) -> None:
        self.asking, self.paths, self.person = asking, paths, person
        self.parts, self.functions, self.times = Counter[str](), Counter[str](), list[float]()
        self.statements, self.cpu = 0, 0.0

    def table(self, title: str) -> str:
        self._run()
        each = min(self.times) * 1000
        cpu = self.cpu / len(self.times) * 1000
        said = f"{each:.2f} ms at best, {cpu:.2f} ms of CPU, {self.statements} SQL statements"
        lines = [f"**{title}**: {said} ({len(self.times)} pages)", ""]
        lines += [*_lines("part", self.parts.most_common(), each, self.parts.total()), ""]
        deepest = self.functions.most_common(LINES)
        return "\n".join([*lines, *_lines("function", deepest, each, self.functions.total())])

    def _run(self) -> None:
        self._ask()
        environ = self._environ()
        with counting() as statements:
            self._ask(environ)
        self.statements = len(statements)
        signal.signal(signal.SIGALRM, self._look)
        until = time.monotonic() + FOR_SECONDS
        while time.monotonic() < until:
            environ = self._environ()
            used, began = time.process_time(), time.perf_counter()
            signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
            self._ask(environ)
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.times.append(time.perf_counter() - began)
            self.cpu += time.process_time() - used

    def _environ(self) -> dict[str, Any]:
        headers = {"Accept": "text/html"} | ({"Cookie": self.person.cookie} if self.person else {})
        base = self.asking.app.config["SETTINGS"].base_url
        return EnvironBuilder(next(self.paths), base, headers=headers).get_environ()

    def _ask(self, environ: dict[str, Any] | None = None) -> None:
        statuses: list[str] = []

        def start_response(status: str, *_rest: Any) -> Any:
            statuses.append(status)
            return lambda _body: None

        body = self.asking.app.wsgi_app(environ or self._environ(), start_response)
        b"".join(body)
        if close := getattr(body, "close", None):
            close()
        assert statuses == ["200 OK"], statuses

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        while frame:
            if part := _part_of(frame):
                self.parts[part] += 1
                self.functions[_named(frame)] += 1
                return
            frame = frame.f_back


def _lines(what: str, counted: list[tuple[str, int]], each: float, total: int) -> Iterator[str]:
    yield f"| {what} | ms | share |"
    yield "| --- | --- | --- |"
    for name, count in counted:
        yield f"| {name} | {each * count / total:.3f} | {count / total:.0%} |"


def _part_of(frame: FrameType) -> str:
    file = frame.f_code.co_filename
    if "sqlalchemy/" in file and frame.f_code.co_name in ASKS:
        return DRIVER
    return next((name for name, marks in PARTS if any(mark in file for mark in marks)), "")


def _named(frame: FrameType) -> str:
    file = Path(frame.f_code.co_filename)
    parts = file.parts
    if "site-packages" in parts:
        file = Path(*parts[parts.index("site-packages") + 1 :])
    elif file.is_relative_to(ROOT):
        file = file.relative_to(ROOT)
    return f"{file}: {frame.f_code.co_name}"
