"""A database server that is away is looked for by one, and all others are told at once."""

import threading
import time
from types import SimpleNamespace

import psycopg
import pytest

from community import reaching

NOWHERE = {"host": "nowhere"}


class Server:
    def __init__(self, *, away: bool) -> None:
        self.away = away

    def connect(self, **_named):
        if self.away:
            raise psycopg.OperationalError("nobody is here")
        return SimpleNamespace(close=lambda: None)


def reach(server: Server):
    dialect = SimpleNamespace(name="postgresql", loaded_dbapi=psycopg, connect=server.connect)
    return reaching._reach(dialect, None, (), NOWHERE)


def is_looked_for() -> bool:
    return any("nowhere" in str(whose) for whose in reaching._away)


def test_who_asks_just_as_the_server_comes_back_keeps_nobody_away_from_it(monkeypatch):
    server, clock, asks = Server(away=True), time.monotonic, threading.current_thread()
    monkeypatch.setattr(reaching, "AGAIN_SECONDS", 0.001)
    with pytest.raises(psycopg.OperationalError):
        reach(server)

    def monotonic():
        """What is asked in the very moment: the server is found again before it is told."""
        server.away, until = False, clock() + 5
        while asks == threading.current_thread() and is_looked_for() and clock() < until:
            time.sleep(0.001)
        return clock()

    with monkeypatch.context() as meanwhile, pytest.raises(psycopg.OperationalError):
        meanwhile.setattr(reaching, "time", SimpleNamespace(monotonic=monotonic, sleep=time.sleep))
        reach(server)
    assert reach(server) and not is_looked_for()
