"""Questions about one viewer, in words that are the same for all who may do the same."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from flask import g
from sqlalchemy import Select

from community.audiences import Level
from community.bounded import Bounded
from community.database import session
from community.keeping.statements import Rows, Statement, given, name_of
from community.viewer import Viewer

MOST_STATEMENTS = 2_000

Make = Callable[[Viewer], Select[*tuple[Any, ...]]]

_statements: Bounded[tuple[str, str], Statement] = Bounded(MOST_STATEMENTS)


def statement(
    name: str, alike: str, make: Make, roles: frozenset[str], levels: Mapping[int, Level]
) -> Statement:
    """Made once for all who are alike, with somebody whose key is the value `member`."""
    known = _statements.get((name, alike))
    if known is None:
        somebody: Any = SimpleNamespace(id=given("member"), joined_at=given("joined"))
        one = Viewer(somebody, frozenset(), roles, levels)
        known = _statements[name, alike] = Statement(lambda: make(one))
    return known


def ask(viewer: Viewer, name: str, make: Make, **values: Any) -> Rows:
    """What the statement gives for a member, in the session's transaction.

    While a page is made for keeping, it is remembered: whoever fills in what is the reader's own
    asks the same.
    """
    asked = statement(name, viewer.alike, make, viewer.roles, viewer.levels)
    values["member"] = viewer.member_id
    rows = asked.ask(session.connection().connection, values)
    if "told" in g:
        g.told[name_of(asked, values)] = rows
    return rows
