"""`bin/bench --facts 10000000`: what the numbers take, with so many facts of 100,000 members."""

import hashlib
import json
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import func, select, update

from bench import people, table
from bench.bulk import bulk
from bench.happenings import BEFORE_ALL, Happenings
from bench.inside import METRICS_MS, Asking, in_a_process_of_its_own
from bench.table import Row, at_most
from bench.world import Size, World, closing, served
from community.backup import schema
from community.database import db, session, table_of, write_transaction
from community.members.models import Member
from metrics.dashboards.printing import renew
from metrics.facts.models import Fact
from metrics.rollups.building import days_with_facts, rebuild, rebuild_days
from metrics.rollups.building import stretches as stretches_of
from metrics.rollups.making import make
from metrics.rollups.models import MemberDay
from tests.crash.settling import Person, sign_in

MEMBERS, STANDARD_FACTS, VIEWS = 100_000, 1_000_000, 7
TIMES_A_SCAN, TIMES_AT_FEWER, LADDER_MINUTES = 5, 1.2, 20
EVER = 99_991_231
PAGE = "metrics overview, from rollups"
OTHERS = ("/latest", "/metrics/definitions")


def measured(count: int, database: str, folder: Path, kept: Path) -> list[Row]:
    """Kept as pages' tables are, so that a larger number is held against the standard one."""
    copy = folder / "facts"
    subprocess.run(["cp", "-a", _kept(count, database, kept), copy], check=True)
    with served(copy, Size.of(0), database, options=()) as world:
        rows = in_a_process_of_its_own(_rows, world)
    tables = kept / "tables"
    table.keep(rows, tables / f"facts-{database}-{count}.json")
    standard = tables / f"facts-{database}-{STANDARD_FACTS}.json"
    if count != STANDARD_FACTS and standard.exists():
        rows += _beside(rows, standard)
    return rows


def _kept(count: int, database: str, kept: Path) -> Path:
    source = Path(__file__).with_name("happenings.py").read_bytes()
    made = kept / f"facts-{database}-{count}-{hashlib.sha256(source).hexdigest()[:8]}"
    if not made.exists():
        print(f"building the world of {count:,} facts, kept in {made}", flush=True)
        unfinished = made.with_suffix(f".{os.getpid()}")
        unfinished.mkdir(parents=True)
        with served(unfinished, Size.of(0), database, options=()) as world:
            _build(world, count)
        unfinished.rename(made)
    return made


def _build(world: World, count: int) -> None:
    with world.make_app().app_context(), closing():
        schema.upgrade()
        with write_transaction():
            spaces = people.settle(MEMBERS)
            session.execute(update(Member).values(joined_at=BEFORE_ALL))
        session.remove()
        db.engine.dispose()
        with bulk([table_of(Fact)]) as into:
            for day in Happenings(spaces, count).by_day():
                into.write(table_of(Fact), day)


def _rows(world: World) -> list[Row]:
    app = world.make_app()
    with app.app_context(), closing():
        schema.upgrade()
        rows = list(_rebuilding(in_process=not world.database_url))
        print("making the dashboards' numbers ready", flush=True)
        ready = spent_on(renew).seconds
        with write_transaction():
            manager = sign_in(app, _administrator())
    return [*rows, *in_a_process_of_its_own(_page, world, manager, ready)]


def _rebuilding(*, in_process: bool) -> Iterator[Row]:
    """What the budget names first, then all that is made of the days, then the ladder."""
    facts = session.scalar(select(func.count()).select_from(Fact))
    scan = min((spent_on(_scan) for _time in range(3)), key=lambda spent: spent.seconds)
    stretches = list(stretches_of(days_with_facts(0, EVER)))
    print("making the rollups", flush=True)
    alone = spent_on(lambda: [_make_alone(MemberDay, days) for days in stretches])
    whole = spent_on(lambda: [rebuild_days(days) for days in stretches])
    print("making the ladder", flush=True)
    ladder = spent_on(lambda: rebuild([]))
    said = f"{alone.beside(scan, cpu=in_process)}, {facts:,} facts"
    times = alone.seconds / scan.seconds
    yield at_most("rebuild of member-days, in scans of the facts", times, TIMES_A_SCAN, "", said)
    times, said = f"{whole.seconds / scan.seconds:.1f}", whole.beside(scan, cpu=in_process)
    yield Row("with what ladder and intervals are made from", times, remarks=said)
    said = f"all periods and standings made anew, {ladder.cpu / 60:.1f} min of CPU here"
    yield at_most("ladder after it", ladder.seconds / 60, LADDER_MINUTES, "min", said)


def _make_alone(model: type[Any], days: list[int]) -> None:
    with write_transaction():
        make(model, days)


def _scan() -> None:
    session.execute(select(Fact.day, Fact.verb, func.count()).group_by(Fact.day, Fact.verb)).all()
    session.rollback()


def _page(world: World, manager: Person, ready: float) -> list[Row]:
    """As a server gives it that has been asked for other pages alone since it was started."""
    asking = Asking(world.make_app())
    for path in OTHERS:
        asking.get(path, manager)
    first = _view(asking, manager)
    times = [_view(asking, manager) for _time in range(VIEWS)]
    said = f"made ready by the worker in {ready:.1f} s"
    return [
        at_most(PAGE, statistics.median(times), METRICS_MS, "ms", said),
        at_most(f"{PAGE}: the first view", first, METRICS_MS, "ms"),
    ]


def _view(asking: Asking, manager: Person) -> float:
    return spent_on(lambda: asking.get("/metrics", manager)).seconds * 1000


def _beside(rows: list[Row], standard: Path) -> Iterator[Row]:
    before = {one["name"]: one["measured"] for one in json.loads(standard.read_text())}
    for row in rows:
        if row.name.startswith(PAGE):
            times = _number(row.measured) / _number(before[row.name])
            said = f"{row.measured} against {before[row.name]}"
            yield at_most(f"{row.name}: times that at fewer facts", times, TIMES_AT_FEWER, "", said)


def _number(measured: str) -> float:
    return float(measured.split()[0])


class Spent(NamedTuple):
    seconds: float
    cpu: float

    def beside(self, scan: "Spent", *, cpu: bool) -> str:
        """`cpu`: the database works in this process, so that its time is known."""
        said = f"{self.seconds:.1f} s, a scan {scan.seconds:.2f} s"
        return said + (f"; by CPU time {self.cpu / scan.cpu:.1f} scans" if cpu else "")


def spent_on(work: Callable[[], object]) -> Spent:
    began, busy = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - began, time.process_time() - busy)


def _administrator() -> Member:
    return session.scalars(select(Member).where(Member.profile.has(username="al"))).one()
