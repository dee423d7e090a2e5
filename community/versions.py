"""Versions: a number that grows with every change to how something is shown.

The house has one (who may read what, who people are, which spaces there are), every space one
(what its lists show), every subject and every thread one, and every member one (their drafts, what
they watch: what nobody else sees). They are what kept pages are checked against, so they change in
the transaction of the change itself, and only by SQL.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    SelectBase,
    String,
    Table,
    Update,
    bindparam,
    func,
    literal,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.compiler import compiles

from community.audiences import AccessVersion, bump_access
from community.database import Base, before_commit, session
from community.keeping.statements import Statement, among, given

SHOWN = ("space", "thread", "topic", "idea", "page", "article")


class Touched(dict[str, set[int]]):
    """What the current transaction changed, by table; called when all else in it is done.

    A space comes last: whoever holds its row needs nothing more that another may hold.
    """

    def __call__(self) -> None:
        if posts := self.pop("post", None):
            post = _table("post")
            rows = select(post.c.thread_id).where(post.c.id.in_(posts)).distinct()
            threads = session.connection().execute(rows).scalars()
            self.setdefault("thread", set()).update(threads)
        for kind, keys in sorted(self.items(), key=lambda one: (one[0] == "space", one[0])):
            session.connection().execute(_another_version(kind), {"keys": sorted(keys)})


@cache
def _another_version(kind: str) -> Update:
    table = _table(kind)
    rows = table.c.id.in_(bindparam("keys", expanding=True))
    return update(table).where(rows).values(version=table.c.version + 1)


def touch(kind: str, key: int | None) -> None:
    """Give this row another version with the commit; a post's is that of its thread.

    Written with one statement a table just before the commit: two who change the same space wait
    for each other no longer than that.
    """
    if key is not None:
        before_commit("versions", Touched).setdefault(kind, set()).add(key)


def touch_subject(row: Any) -> None:
    """The subject, and the lists of its space."""
    touch(row.__tablename__, row.id)
    touch("space", row.space_id)


def touch_house() -> None:
    """Everything may look different now: for what is rare."""
    bump_access()


def touch_what_happened(event: Any) -> None:
    """Whatever the event names is shown differently from now on."""
    if event.changes == "the house":
        touch_house()
    if event.changes == "nothing":
        return
    for kind in SHOWN:
        touch(kind, getattr(event, f"{kind}_id", None))
    if getattr(event, "subject_kind", None) in (*SHOWN, "post"):
        touch(event.subject_kind, event.subject_id)


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


# Reading ---------------------------------------------------------------------


# What a page shows, by its table and key.
Shown = tuple[str, int]


@dataclass(frozen=True)
class Standing:
    """How the whole house stands: `spaces` maps a space's audience to the sum of the versions.

    `shown` are the versions of rows that were asked for along with it. `heard` is, on PostgreSQL,
    another after each commit that wrote anything.
    """

    house: int
    spaces: dict[int, int]
    shown: dict[Shown, int]
    heard: str

    def of(self, audiences: frozenset[int]) -> tuple[int, int]:
        """The same as long as nothing changed for those who can read just these audiences."""
        known = self.spaces
        return self.house, sum(known[one] for one in audiences if one in known)


def house_stands(connection: Connection, shown: Iterable[Shown] = ()) -> Standing:
    """One small statement, whatever the size of the community."""
    keys: dict[str, list[int]] = {}
    for kind, key in shown:
        keys.setdefault(kind, []).append(key)
    standing = Standing(0, {}, {}, "")
    for kind, key, version, heard in _stands(*sorted(keys)).ask(connection.connection, keys):
        if kind == "house":
            standing = replace(standing, house=version, heard=heard)
        elif kind == "audience":
            standing.spaces[key] = int(version)
        else:
            standing.shown[kind, key] = int(version)
    return standing


class _heard(ColumnElement[str]):
    type = String()
    inherit_cache = True


@compiles(_heard)
def _nothing(_element: _heard, _compiler: Any, **_rest: Any) -> str:
    return "''"


@compiles(_heard, "postgresql")
def _snapshot(_element: _heard, _compiler: Any, **_rest: Any) -> str:
    return "CAST(pg_current_snapshot() AS text)"


@cache
def _stands(*kinds: str) -> Statement:
    """One statement for each choice of kinds: where no rows are asked for, no table is searched."""
    return Statement(lambda: _all_that_stands(kinds))


def _all_that_stands(kinds: tuple[str, ...]) -> SelectBase:
    space, house = _table("space"), _table(AccessVersion.__tablename__)
    whole = select(literal("house"), literal(0), house.c.version, _heard())
    version = func.sum(space.c.version)
    spaces = select(literal("audience"), space.c.audience_id, version, literal(""))
    rows = [
        select(literal(kind), row.c.id, row.c.version, literal("")).where(among(row.c.id, kind))
        for kind, row in zip(kinds, map(_table, kinds), strict=True)
    ]
    return union_all(whole, spaces.group_by(space.c.audience_id), *rows)


def versions_of(connection: Connection, rows: tuple[tuple[str, int], ...]) -> tuple[int, ...]:
    """The present versions of these rows, in their order; 0 for one that is gone."""
    statement = _present_versions(tuple([kind for kind, _key in rows]))
    keys = {f"key{place}": key for place, (_kind, key) in enumerate(rows)}
    [found] = statement.ask(connection.connection, keys)
    return tuple([version or 0 for version in found])


@cache
def _present_versions(kinds: tuple[str, ...]) -> Statement:
    """Put straight to the driver: it is asked for every page that is read from the disk."""
    tables = [_table(kind) for kind in kinds]
    return Statement(
        lambda: select(
            *(
                select(table.c.version).where(table.c.id == given(f"key{place}")).scalar_subquery()
                for place, table in enumerate(tables)
            )
        )
    )
