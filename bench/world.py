"""The standard world: 100,000 posts in 10,000 topics by 2,000 members, or so many times as much.

Written in bulk, kept in a folder for the next run, and copied for each.
"""

import hashlib
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Table

from bench import contents, people
from bench.bulk import bulk
from community import clock
from community.application import create_app
from community.backup import schema
from community.config import ROOT, Settings
from community.database import db, session, table_of, write_transaction
from community.search import indexing
from community.sqlite_planner import tell_planner
from metrics.rollups.building import days_with_facts, rebuild
from tests.conftest import FEATURES
from tests.servers import postgresql

KEPT = ROOT / "var" / "bench"
STANDARD_POSTS, MOST_INDEXED = 100_000, 200_000
WEEKS_OF_ROLLUPS = 16
DATABASES = ("sqlite", "postgresql")
CLUSTER = "cluster"
BUILDING = [*postgresql.HASTY, "-c", "max_wal_size=8GB", "-c", "wal_level=minimal"]
BUILDING += ["-c", "max_wal_senders=0"]


@dataclass(frozen=True)
class Size:
    members: int
    topics: int
    posts: int
    ideas: int
    pages: int

    @classmethod
    def of(cls, posts: int) -> "Size":
        full = {"members": 2_000, "topics": 10_000, "posts": 100_000, "ideas": 1_000, "pages": 300}
        times = posts / STANDARD_POSTS
        return cls(**{name: max(60, round(count * times)) for name, count in full.items()})

    @property
    def is_indexed(self) -> bool:
        """Beyond, building the search index takes longer than all else; it is measured apart."""
        return self.posts <= MOST_INDEXED


@dataclass(frozen=True)
class World:
    """A data folder and, where it is not in there, the address of its database."""

    data: Path
    size: Size
    database_url: str = ""

    @property
    def environ(self) -> dict[str, str]:
        return {"DATA_DIR": str(self.data), "DATABASE_URL": self.database_url}

    def make_app(self, port: int = 8000) -> Flask:
        return create_app(Settings.from_environ(self.environ | {"PORT": str(port)}), FEATURES)


@contextmanager
def standing(posts: int, database: str, folder: Path, *, kept: Path = KEPT) -> Iterator[World]:
    """A fresh copy of the world, below `folder`, of the newest schema."""
    copy = folder / "world"
    folder.chmod(0o755)  # PostgreSQL is somebody else, and insists on owning its files
    subprocess.run(["cp", "-a", _kept(posts, database, kept), copy], check=True)
    os.sync()  # now, and not while replies wait for the disk
    with served(copy, Size.of(posts), database, options=()) as world:
        with world.make_app().app_context(), closing():
            schema.upgrade()
            tell_planner()  # as the worker does each day
        yield world


@contextmanager
def served(data: Path, size: Size, database: str, *, options: Sequence[str]) -> Iterator[World]:
    if database == "sqlite":
        yield World(data, size)
        return
    with postgresql.cluster(files=data / CLUSTER, options=options) as address:
        yield World(data, size, address)


def _kept(posts: int, database: str, kept: Path) -> Path:
    """The world as it was made once."""
    made = kept / f"{database}-{posts}-{_fingerprint()}"
    if not made.exists():
        print(f"building the world of {posts} posts, kept in {made}", flush=True)
        began, unfinished = time.monotonic(), made.with_suffix(f".{os.getpid()}")
        unfinished.mkdir(parents=True)
        with served(unfinished, Size.of(posts), database, options=BUILDING) as world:
            build(world)
        unfinished.rename(made)
        print(f"built in {time.monotonic() - began:.0f} s", flush=True)
    return made


def build(world: World) -> None:
    with world.make_app().app_context(), closing():
        schema.upgrade()
        with write_transaction():
            spaces = people.settle(world.size.members)
        session.remove()
        db.engine.dispose()
        with bulk(_tables()) as into:
            contents.write(world.size, spaces, into)
        if world.size.is_indexed:
            indexing.rebuild_index()
            indexing.place().trust()
        _roll_up()


@contextmanager
def closing() -> Iterator[None]:
    yield
    session.remove()
    db.engine.dispose()


def _tables() -> list[Table]:
    return [table_of(model) for model in contents.ORDER]


def _roll_up() -> None:
    now = clock.now()
    first = now - timedelta(weeks=WEEKS_OF_ROLLUPS)
    rebuild(days_with_facts(int(f"{first:%Y%m%d}"), int(f"{now:%Y%m%d}")))


def _fingerprint() -> str:
    """Of what fills the world: one that was filled otherwise is built anew. Of an older schema it
    may be: its copy is upgraded as anybody's is.
    """
    made = hashlib.sha256()
    for name in ("people", "contents", "prose"):
        made.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return made.hexdigest()[:8]
