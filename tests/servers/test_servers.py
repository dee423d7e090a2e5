"""The servers themselves: each answers, and each worker has a database of its own."""

import os

import psycopg
import pytest
import redis

from tests import servers
from tests.servers import browser
from tests.servers.postgresql import own_database


def given(name: str) -> str:
    if name not in os.environ:
        pytest.skip(f"{name} is not set; bin/test starts the servers")
    return os.environ[name]


def test_two_databases_of_one_cluster_know_nothing_of_each_other(worker_id):
    cluster = given(servers.POSTGRESQL)
    with (
        own_database(f"one_{worker_id}", beside=cluster) as one,
        own_database(f"two_{worker_id}", beside=cluster) as two,
        psycopg.connect(one) as here,
        psycopg.connect(two) as there,
    ):
        here.execute("CREATE TABLE note (id int)")
        assert there.execute("SELECT to_regclass('note')").fetchone() == (None,)


def test_trigrams_are_at_hand(worker_id):
    with (
        own_database(f"trigrams_{worker_id}", beside=given(servers.POSTGRESQL)) as address,
        psycopg.connect(address) as connection,
    ):
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT similarity('guild', 'guild')").fetchone() == (1.0,)


def test_the_redis_server_counts(worker_id):
    with redis.Redis.from_url(given(servers.REDIS)) as client:
        client.delete(worker_id)
        assert client.incr(worker_id) == 1


@pytest.mark.browser
@pytest.mark.skipif(not browser.found(), reason="no Chromium here")
def test_the_browser_shows_a_page():
    with browser.chromium() as chromium:
        page = chromium.new_page()
        page.set_content("<h1>Guildhall</h1>")
        assert page.inner_text("h1") == "Guildhall"
