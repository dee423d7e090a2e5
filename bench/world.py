"""The standard world: 100,000 posts in 10,000 topics by 2,000 members, and what goes with them.

Written by bulk inserts in about a minute, kept in a folder for the next run, and copied for each.
"""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import stamp
from sqlalchemy.schema import CreateIndex, CreateTable

from bench import contents, people
from community import clock
from community.application import create_app
from community.config import ROOT, Settings
from community.database import Base, db, session, write_transaction
from community.search import indexing
from metrics.rollups.building import days_with_facts, rebuild
from tests.conftest import FEATURES

WEEKS_OF_ROLLUPS = 16


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


def world(scale: float, folder: Path) -> Path:
    """A fresh copy of the world at this scale, as a data folder below `folder`."""
    kept = Path(tempfile.gettempdir()) / "guildhall-bench" / f"{scale:g}-{_fingerprint()}"
    if not kept.exists():
        print(f"building the world at scale {scale:g}, kept in {kept}", flush=True)
        unfinished = kept.with_suffix(f".{os.getpid()}")
        build(scale, unfinished)
        unfinished.rename(kept)
    copy = folder / "world"
    shutil.copytree(kept, copy)
    return copy


def make_app(folder: Path, port: int = 8000) -> Flask:
    environ = {"DATA_DIR": str(folder), "PORT": str(port)}
    return create_app(Settings.from_environ(environ), FEATURES)


def build(scale: float, folder: Path) -> None:
    app = make_app(folder)
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


def _fingerprint() -> str:
    """Of the schema and of what fills it: a world of another make is built anew."""
    made = hashlib.sha256()
    for table in Base.metadata.sorted_tables:
        made.update(str(CreateTable(table)).encode())
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            made.update(str(CreateIndex(index)).encode())
    for name in ("world", "people", "contents", "prose"):
        made.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return made.hexdigest()[:12]
