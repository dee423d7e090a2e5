"""Limits on several machines: one count for all, and no harm done while Redis is away."""

import logging
import os
import socket
import threading
import uuid
from dataclasses import replace

import pytest
import redis

from community import counting, limits
from community.counting import OwnCounts, SharedCounts, storage_address
from tests import servers


@pytest.fixture
def address() -> str:
    if servers.REDIS not in os.environ:
        pytest.skip("no Redis: bin/test starts one")
    return os.environ[servers.REDIS]


@pytest.fixture
def silent():
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture
def nowhere(silent) -> str:
    return "redis://127.0.0.1:1/0"


def machines(address: str) -> list[SharedCounts]:
    return [SharedCounts(f"shared+{address}") for _machine in range(2)]


def test_what_is_counted_on_one_machine_counts_on_the_other(address):
    key = uuid.uuid4().hex
    one, other = machines(address)
    assert [one.incr(key, 60), other.incr(key, 60)] == [1, 2]
    assert one.get(key) == 2 and other.get_expiry(key) > 0


@pytest.mark.parametrize("away", ["nowhere", "silent"])
def test_without_redis_each_counts_by_itself_and_waits_only_once(request, away, caplog):
    here = SharedCounts(f"shared+{request.getfixturevalue(away)}")
    asked = count_calls(here)
    with caplog.at_level(logging.WARNING):
        assert [here.incr("post", 60) for _time in range(50)] == list(range(1, 51))
    assert len(asked) == 1 and not here.check()
    assert [record.message for record in caplog.records if "by itself" in record.message][1:] == []


def count_calls(counts: SharedCounts) -> list[str]:
    asked: list[str] = []
    incr = counts.shared.incr

    def counted(key: str, *rest: int) -> int:
        asked.append(key)
        return incr(key, *rest)

    counts.shared.incr = counted
    return asked


def test_when_redis_is_back_it_is_asked_again(address, monkeypatch):
    key = uuid.uuid4().hex
    one, other = machines(address)
    works, one.shared.incr = one.shared.incr, broken
    monkeypatch.setattr(counting, "AWAY_SECONDS", 0)
    assert one.incr(key, 60) == 1
    one.shared.incr = works
    assert [other.incr(key, 60), one.incr(key, 60)] == [1, 2]


def broken(*_arguments):
    raise redis.ConnectionError


def test_a_process_counts_without_threads_and_forgets_what_has_expired(monkeypatch):
    counts, before = OwnCounts(), threading.active_count()
    assert [counts.incr("one", 60), counts.incr("one", 60), counts.incr("gone", 0)] == [1, 2, 1]
    monkeypatch.setattr(counting, "SWEPT_EVERY", 0)
    assert counts.incr("two", 60) == 1
    assert set(counts.expirations) == {"one", "two"}
    assert threading.active_count() <= before


def test_valkey_is_asked_in_the_words_of_redis(sqlite_app):
    chosen = sqlite_app.config["SETTINGS"]
    assert storage_address(chosen) == "process://"
    assert (
        storage_address(replace(chosen, redis_url="valkey://x:6379/0")) == "shared+redis://x:6379/0"
    )


def test_the_doctor_says_that_redis_is_away(sqlite_app, nowhere, monkeypatch):
    assert list(limits.redis_answers()) == []
    monkeypatch.setattr(limits.limiter, "_storage", SharedCounts(f"shared+{nowhere}"))
    assert len(list(limits.redis_answers())) == 1
