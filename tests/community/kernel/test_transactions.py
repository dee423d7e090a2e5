"""One place commits: what an action promises."""

import threading

import pytest
from sqlalchemy import select

from community.database import (
    UnauthorizedWrite,
    WriteOutsideAction,
    action,
    note_authorization,
    session,
    write_transaction,
)
from community.groups.models import Group, GroupKind
from community.sending import insert_once
from community.sqlite import is_safe_sqlite


def groups() -> list[str]:
    return list(session.scalars(select(Group.slug).order_by(Group.slug)))


def add(slug: str) -> Group:
    group = Group(kind=GroupKind.CUSTOM, slug=slug, name=slug)
    session.add(group)
    return group


def test_an_action_that_authorized_nothing_is_refused_and_leaves_nothing(app, database):
    @action
    def sneak() -> None:
        add("sneaked")

    with pytest.raises(UnauthorizedWrite):
        sneak()
    assert groups() == []


def test_an_action_that_fails_leaves_nothing_of_the_actions_it_called(app, database):
    @action
    def inner() -> None:
        note_authorization()
        add("inner")

    @action
    def outer() -> None:
        inner()
        raise LookupError

    with pytest.raises(LookupError):
        outer()
    assert groups() == []


@pytest.mark.parametrize("is_asked_for", [False, True])
def test_a_change_made_before_an_action_is_not_committed_by_it(app, database, is_asked_for):
    with write_transaction():
        add("first")
    session.scalars(select(Group)).one().slug = "changed in passing"
    if is_asked_for:
        assert groups() == ["changed in passing"]  # so the database has been told
    with pytest.raises(WriteOutsideAction), write_transaction():
        add("second")
    session.rollback()
    assert groups() == ["first"]


def test_an_action_reads_again_under_the_lock_what_it_was_given(app, database):
    with write_transaction():
        add("shared")
    given = session.scalars(select(Group)).one()
    assert given.name == "shared"

    def rename() -> None:
        with app.app_context(), write_transaction():
            session.scalars(select(Group)).one().name = "renamed elsewhere"

    other = threading.Thread(target=rename)
    other.start()
    other.join()
    with write_transaction():
        assert given.name == "renamed elsewhere"


def test_eight_writers_at_once_lose_no_count(app, database):
    with write_transaction():
        add("counted")

    def count() -> None:
        for _ in range(10):
            with app.app_context(), write_transaction():
                session.execute(
                    Group.__table__.update().values(about=Group.__table__.c.about + "x")
                )

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.scalars(select(Group.about)).one() == "x" * 80


def test_inserting_the_same_twice_writes_once(app, database):
    values = {"public_id": "aaaaaaaa", "kind": GroupKind.CUSTOM, "slug": "one", "name": "One"}
    rest = {"about": "", "join_rule": "open", "hidden": False}
    with write_transaction():
        first = insert_once(Group, **values, **rest)
        second = insert_once(Group, **values, **rest)
    assert (first, second) == (True, False)
    assert groups() == ["one"]


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_an_sqlite_that_can_lose_writes_is_refused(version, safe):
    assert is_safe_sqlite(version) is safe


def test_acknowledged_writes_are_synced_in_full(sqlite_app):
    assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar() == 2
    assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
