"""Killing what is under way at its n-th step: a change to the folder, or a statement.

In a child, by its own hand, just before the step would be taken. Children are forked from a server
without threads: a lock that a thread of the tests held would stay held in them for ever.
"""

import importlib
import importlib.util
import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from community.application import ROLES, create_app
from community.backup.creating import create
from community.backup.progress import silent
from community.backup.restoring import restore
from community.backup.upgrading import bring_up_to_date
from community.config import Settings
from tests.community.backup.homes import Home
from tests.conftest import FEATURES

STEPS = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"}
NEVER = 10**9
PATIENCE_SECONDS = 100

VERBS = {
    "create": lambda path: create(path, progress=silent),
    "restore": lambda path: restore(path, progress=silent),
    "upgrade": lambda _path: bring_up_to_date(),
}

_children = multiprocessing.get_context("forkserver")
_children.set_forkserver_preload([__name__])


@dataclass(frozen=True)
class Task:
    verb: str
    path: Path | None
    folder: Path
    database_url: str
    migrations: str
    fatal: int

    @property
    def told(self) -> Path:
        return self.folder.with_suffix(".steps")


def steps_of(home: Home, verb: str, path: Path | None = None) -> int:
    """How many steps it takes when nothing kills it."""
    task = _task(home, verb, path, NEVER)
    assert _in_a_child(home, task) == 0
    return int(task.told.read_text())


def kill_at(home: Home, step: int, verb: str, path: Path | None = None) -> None:
    assert _in_a_child(home, _task(home, verb, path, step)) == -signal.SIGKILL


def perform(task: Task) -> None:
    """In the child."""
    settings = Settings.from_environ(
        {"DATA_DIR": str(task.folder), "DATABASE_URL": task.database_url}
    )
    app = create_app(replace(settings, testing=True), FEATURES)
    app.extensions["migrate"].directory = task.migrations
    _count_steps(task)
    with app.app_context():
        VERBS[task.verb](task.path)


def _task(home: Home, verb: str, path: Path | None, fatal: int) -> Task:
    url = home.app.config["SETTINGS"].database_url
    return Task(verb, path, home.folder, url, home.app.extensions["migrate"].directory, fatal)


def _in_a_child(home: Home, task: Task) -> int | None:
    home.leave()
    child = _children.Process(target=perform, args=(task,))
    child.start()
    child.join(PATIENCE_SECONDS)
    return child.exitcode


def _count_steps(task: Task) -> None:
    taken, handle = 0, os.open(task.told, os.O_WRONLY | os.O_CREAT, 0o600)

    def take(*_ignored, **_also) -> None:
        nonlocal taken
        taken += 1
        if taken == task.fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        os.pwrite(handle, str(taken).encode(), 0)

    def hear(name: str, arguments: tuple) -> None:
        changes = name in STEPS or (name == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if changes and f"{task.folder}/" in str(arguments[0]):
            take()

    sys.addaudithook(hear)
    event.listen(Engine, "before_cursor_execute", take)
    event.listen(Engine, "commit", take)


def _import_everything() -> None:
    for feature in FEATURES:
        for role in ROLES:
            if importlib.util.find_spec(f"{feature}.{role}"):
                importlib.import_module(f"{feature}.{role}")


_import_everything()
