"""Misspelt words on PostgreSQL: with `pg_trgm`, and for a role that may not have it."""

import psycopg
import pytest
from sqlalchemy import make_url

from community.config import postgresql_url
from community.search.grammar import parse
from community.search.postgresql_engine import PostgreSQLEngine
from community.search.postgresql_place import Tables
from tests.community.search.documents import FOR_EVERYONE, a
from tests.conftest import new_database

DOCUMENTS = [a("topic", "Calendar", "It is late."), a("topic", "Oak")]


@pytest.fixture
def tables():
    """A database of their own, because an extension belongs to all of it."""
    return Tables(postgresql_url(new_database()) or "")


@pytest.fixture
def of_the_poor(tables):
    """The same for a role that may make tables, and nothing else."""
    address = make_url(tables.database.url).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(False), autocommit=True) as connection:
        name = f"poor_{address.database}"
        connection.execute(f'CREATE ROLE "{name}" LOGIN')  # type: ignore[arg-type]
        connection.execute(f'GRANT ALL ON SCHEMA public TO "{name}"')  # type: ignore[arg-type]
        yield Tables(make_url(tables.database.url).set(username=name).render_as_string(False))
        connection.execute(f'DROP OWNED BY "{name}"')  # type: ignore[arg-type]
        connection.execute(f'DROP ROLE "{name}"')  # type: ignore[arg-type]


def titles(place, words):
    with place.reading() as engine:
        hits = engine.search(parse(words), FOR_EVERYONE).hits
    return [str(hit.title.striptags()) for hit in hits]


def test_a_word_that_begins_wrongly_finds_its_like(tables):
    tables.rebuild(PostgreSQLEngine, DOCUMENTS)
    assert not tables.lacks_trigrams()
    assert titles(tables, "kalendar") == ["Calendar"]


def test_who_may_not_have_the_extension_is_told_and_finds_what_is_spelt_well(of_the_poor):
    assert of_the_poor.lacks_trigrams()
    of_the_poor.rebuild(PostgreSQLEngine, DOCUMENTS)
    assert titles(of_the_poor, "late calendar") == ["Calendar"]
    assert titles(of_the_poor, "calender") == ["Calendar"]
    assert titles(of_the_poor, "kalendar") == []


def test_once_somebody_made_the_extension_a_rebuild_takes_it_up(tables, of_the_poor):
    of_the_poor.rebuild(PostgreSQLEngine, DOCUMENTS)
    with tables.database.connection() as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
    assert not of_the_poor.lacks_trigrams()
    of_the_poor.rebuild(PostgreSQLEngine, DOCUMENTS)
    assert titles(of_the_poor, "kalendar") == ["Calendar"]
