"""Killing what is under way at its n-th step: a change to the folder, or a statement.

In a forked child, by its own hand, just before the step would be taken.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from community.database import db, session
from tests.community.backup.homes import Home

STEPS = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"}
NEVER = 10**9


def steps_of(home: Home, verb: Callable[[], object]) -> int:
    """How many steps it takes when nothing kills it."""
    told = home.folder.with_suffix(".steps")
    assert _in_a_child(home, verb, NEVER, told) == 0
    return int(told.read_text())


def kill_at(home: Home, step: int, verb: Callable[[], object]) -> None:
    assert _in_a_child(home, verb, step, home.folder.with_suffix(".steps")) == -signal.SIGKILL


def _in_a_child(home: Home, verb: Callable[[], object], step: int, told: Path) -> int:
    home.leave()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            _count_steps(home.folder, step, told)
            with home.app.app_context():
                db.engine.dispose(close=False)
                verb()
                session.remove()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _count_steps(folder: Path, fatal: int, told: Path) -> None:
    taken, handle = 0, os.open(told, os.O_WRONLY | os.O_CREAT, 0o600)

    def take(*_ignored, **_also) -> None:
        nonlocal taken
        taken += 1
        if taken == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        os.pwrite(handle, str(taken).encode(), 0)

    def hear(name: str, arguments: tuple) -> None:
        changes = name in STEPS or (name == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if changes and f"{folder}/" in str(arguments[0]):
            take()

    sys.addaudithook(hear)
    event.listen(Engine, "before_cursor_execute", take)
    event.listen(Engine, "commit", take)
