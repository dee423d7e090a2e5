"""The connections on which what is a reader's own is asked for."""

import pytest
from sqlalchemy import literal, select

from community.keeping.connections import engine_for_reading
from community.keeping.statements import Statement, among, given
from community.members.models import Member

pytestmark = pytest.mark.parametrize("database", ["postgresql"], scope="session")

PREPARED = "SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%member.id%'"


@pytest.fixture
def connection(app):
    engine = engine_for_reading(app.config["SETTINGS"])
    connection = engine.raw_connection()
    yield connection
    connection.close()
    engine.dispose()


def test_who_has_a_large_number_is_asked_for_in_the_words_that_are_prepared(connection):
    statement = Statement(
        lambda: select(literal("asked"), Member.id).where(
            Member.id == given("member"), among(Member.id, "others")
        )
    )
    for member in (7, 70_000, 2_000_000_000):
        for others in ([member], [1, member, 100_000]):
            assert statement.ask(connection, {"member": member, "others": others}) == []
    [(words,)] = connection.driver_connection.execute(PREPARED, prepare=False).fetchall()
    assert "'asked'" in words
