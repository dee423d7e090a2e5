"""Questions about one viewer, in words that are the same for all who may do the same."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Select

from community.audiences import Level
from community.database import session
from community.keeping.statements import Rows, Statement, given
from community.viewer import Viewer

MOST_STATEMENTS = 500

Make = Callable[[Viewer], Select[*tuple[Any, ...]]]

_statements: dict[tuple[str, str], Statement] = {}


def statement(
    name: str, sharing: str, make: Make, roles: frozenset[str], levels: Mapping[int, Level]
) -> Statement:
    """Made once for all who share, with somebody whose key is the value `member`."""
    known = _statements.get((name, sharing))
    if known is None:
        if len(_statements) > MOST_STATEMENTS:
            _statements.clear()
        somebody: Any = SimpleNamespace(id=given("member"), joined_at=given("joined"))
        alike = Viewer(somebody, frozenset(), roles, levels)
        known = _statements[name, sharing] = Statement(lambda: make(alike))
    return known


def ask(viewer: Viewer, name: str, make: Make, **values: Any) -> Rows:
    """What the statement gives for a member, in the session's transaction."""
    sharing = f"{viewer.audience_class} {','.join(sorted(viewer.roles))}"
    asked = statement(name, sharing, make, viewer.roles, viewer.levels)
    connection = session.connection().connection
    return asked.ask(connection, {"member": viewer.member_id, **values})
