"""Versions: a number that grows with every change to how something is shown.

The house has one (who may read what, who people are, which spaces there are), every space one
(what its lists show), every subject and every thread one. They are what kept pages are checked
against, so they change in the transaction of the change itself, and only by SQL.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Table,
    Update,
    bindparam,
    func,
    null,
    select,
    union_all,
    update,
)

from community.audiences import AccessVersion, bump_access
from community.database import Base, before_commit, session
from community.keeping.statements import Statement, given

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


@dataclass(frozen=True)
class Standing:
    """How the whole house stands: `spaces` maps a space's audience to the sum of the versions."""

    house: int
    spaces: dict[int, int]

    def of(self, audiences: frozenset[int]) -> tuple[int, int]:
        """The same as long as nothing changed for those who can read just these audiences."""
        known = self.spaces
        return self.house, sum(known[one] for one in audiences if one in known)


def house_stands(connection: Connection) -> Standing:
    """One small statement, whatever the size of the community."""
    house, spaces = 0, {}
    for audience, version in connection.execute(_stands()):
        if audience is None:
            house = version
        else:
            spaces[audience] = int(version)
    return Standing(house, spaces)


@cache
def _stands() -> CompoundSelect[Any, Any]:
    """The house has no audience."""
    space, house = _table("space"), _table(AccessVersion.__tablename__)
    spaces = select(space.c.audience_id, func.sum(space.c.version)).group_by(space.c.audience_id)
    return union_all(select(null(), house.c.version), spaces)


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
