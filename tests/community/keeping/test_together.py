"""What is asked together is answered as if it were asked apart, and in one statement."""

import itertools

import pytest
from sqlalchemy import literal, select

from community.database import session
from community.keeping.reader import Reader, answered, every
from community.keeping.statements import Statement, among, given
from community.keeping.together import NotYet, Together
from community.members.models import Member, Profile


def named() -> Statement:
    return Statement(
        lambda: (
            select(Profile.username, Profile.member_id, Profile.member_id == given("me"))
            .where(among(Profile.member_id, "members"))
            .order_by(Profile.member_id)
            .limit(5)
        )
    )


def told() -> Statement:
    return Statement(lambda: select(literal('it\'s "so", 100 %?'), given("me")))


@pytest.fixture
def connection(app, cast):
    return session.connection().connection


def test_several_questions_have_the_answers_that_each_has_alone(connection, cast):
    first, second = named(), told()
    some = {"me": cast.ben.id, "members": [cast.ada.id, cast.ben.id]}
    questions = [(first, some), (second, {"me": cast.eve.id}), (first, some | {"members": []})]
    together = Together({})
    for statement, values in questions:
        with pytest.raises(NotYet):
            together.rows(statement, values)
    together.ask(connection)
    for statement, values in questions:
        apart = [list(row) for row in statement.ask(connection, values)]
        assert [list(row) for row in together.rows(statement, values)] == apart
    assert together.rows(first, some)[1][2] in (True, 1)
    assert together.rows(first, some)[0][2] in (False, 0)


def test_a_page_asks_all_that_its_places_need_in_one_go(connection, cast, monkeypatch):
    rounds = []
    ask = Together.ask
    monkeypatch.setattr(
        Together, "ask", lambda self, wire: (rounds.append(len(self.waiting)), ask(self, wire))
    )
    reader = reader_of(cast.ben, connection)

    def username(asking: Reader) -> str:
        return asking.rows("name", lambda _viewer: first(), member=cast.ben.id)[0][0]

    def both(asking: Reader) -> list[str]:
        return every(lambda: username(asking), lambda: segment(asking))

    def segment(asking: Reader) -> str:
        return asking.rows("segment", lambda _viewer: second(), member=cast.ben.id)[0][0]

    assert answered(reader, [username, both, segment]) == ["ben", ["ben", "customer"], "customer"]
    assert rounds == [2]


def test_who_asks_something_else_each_time_is_answered_all_the_same(connection, cast):
    moments = itertools.count()

    def never_the_same(asking: Reader) -> str:
        return asking.rows("name", lambda _viewer: first(), moment=next(moments))[0][0]

    assert answered(reader_of(cast.ben, connection), [never_the_same]) == ["ben"]


def first():
    return select(Profile.username).where(Profile.member_id == given("member"))


def second():
    return select(Member.segment).where(Member.id == given("member"))


def reader_of(member: Member, connection) -> Reader:
    return Reader(
        member_id=member.id,
        joined_at=member.joined_at,
        name="Ben",
        username="ben",
        picture=None,
        theme="",
        language="en UTC",
        house=1,
        alike=f"tested together {connection.driver_connection.__class__.__module__}",
        sharing="",
        groups=frozenset(),
        roles=frozenset(),
        levels={},
        csrf_token="",
        connect=lambda: connection,
    )
