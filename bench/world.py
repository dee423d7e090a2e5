"""The standard world: 100,000 posts in 10,000 topics by 2,000 members, and what goes with them.

Written by bulk inserts in about a minute, kept in a folder for the next run, and copied for each.
"""

import hashlib
import importlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import stamp
from sqlalchemy.schema import CreateIndex, CreateTable

from bench import clusters, contents, people
from community import clock
from community.application import WITH_TABLES, create_app
from community.config import ROOT, Settings
from community.database import Base, db, session, write_transaction
from community.moving.moving import move
from community.search import indexing
from metrics.rollups.building import days_with_facts, rebuild
from tests.conftest import FEATURES

WEEKS_OF_ROLLUPS = 16
CLUSTER = "cluster"
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Size:
    members: int
    topics: int
    posts: int
    ideas: int
    pages: int

    @classmethod
    def at(cls, scale: float) -> "Size":
        full = {"members": 2_000, "topics": 10_000, "posts": 100_000, "ideas": 1_000, "pages": 300}
        return cls(**{name: max(60, round(count * scale)) for name, count in full.items()})


@dataclass(frozen=True)
class World:
    """A data folder and, where it is not in there, the address of its database."""

    data: Path
    database_url: str = ""

    @property
    def environ(self) -> dict[str, str]:
        return {"DATA_DIR": str(self.data), "DATABASE_URL": self.database_url}

    def make_app(self, port: int = 8000) -> Flask:
        return create_app(Settings.from_environ(self.environ | {"PORT": str(port)}), FEATURES)


@contextmanager
def standing(scale: float, folder: Path, database: str) -> Iterator[World]:
    """A fresh copy of the world at this scale, below `folder`."""
    data = folder / "world"
    shutil.copytree(_kept(scale, "sqlite", build), data)
    if database == "sqlite":
        yield World(data)
        return
    files = folder / CLUSTER
    folder.chmod(0o755)  # PostgreSQL is somebody else
    clusters.copy(_kept(scale, database, build_on_postgresql) / CLUSTER, files)
    with clusters.cluster(files) as address:
        yield World(data, address)


def _kept(scale: float, database: str, make: Callable[[float, Path], None]) -> Path:
    """The world as it was made once."""
    name = f"{scale:g}-{_fingerprint()}" + f"-{database}" * (database != "sqlite")
    kept = Path(tempfile.gettempdir()) / "guildhall-bench" / name
    if not kept.exists():
        print(f"building the world at scale {scale:g}, kept in {kept}", flush=True)
        unfinished = kept.with_suffix(f".{os.getpid()}")
        make(scale, unfinished)
        unfinished.rename(kept)
    return kept


def build_on_postgresql(scale: float, folder: Path) -> None:
    """The same world, moved there; the index is built anew."""
    data = folder / "source"
    shutil.copytree(_kept(scale, "sqlite", build), data)
    with clusters.cluster(folder / CLUSTER) as address:
        with _opened(World(data)):
            move(address)
        with _opened(World(data, address)):
            _index()
            session.remove()
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
    shutil.rmtree(data)


@contextmanager
def _opened(world: World) -> Iterator[None]:
    with world.make_app().app_context():
        yield
        session.remove()
        db.engine.dispose()


def build(scale: float, folder: Path) -> None:
    app = World(folder).make_app()
    with app.app_context():
        Base.metadata.create_all(db.engine)
        stamp(directory=str(ROOT / "migrations"))
        fill(Size.at(scale))
        _index()
        _roll_up()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        session.remove()
        db.engine.dispose()


def fill(size: Size) -> None:
    with write_transaction():
        spaces = people.settle(size.members)
        contents.write(size, spaces)
        session.connection().exec_driver_sql("ANALYZE")


def _index() -> None:
    indexing.rebuild_index()
    indexing.place().trust()


def _roll_up() -> None:
    now = clock.now()
    first = now - timedelta(weeks=WEEKS_OF_ROLLUPS)
    rebuild(days_with_facts(int(f"{first:%Y%m%d}"), int(f"{now:%Y%m%d}")))


def _know_all_tables() -> None:
    for name in (*WITH_TABLES, *(f"{feature}.models" for feature in FEATURES)):
        if importlib.util.find_spec(name):
            importlib.import_module(name)


def _fingerprint() -> str:
    """Of the schema and of what fills it: a world of another make is built anew."""
    made = hashlib.sha256()
    _know_all_tables()
    for table in Base.metadata.sorted_tables:
        made.update(str(CreateTable(table)).encode())
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            made.update(str(CreateIndex(index)).encode())
    for revision in sorted((ROOT / "migrations" / "versions").glob("*.py")):
        made.update(revision.name.encode())
    for name in ("world", "people", "contents", "prose"):
        made.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return made.hexdigest()[:12]
