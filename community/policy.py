"""The one place that permits: named rules for writing, one check and one filter for reading.

Rules live in each feature's `policy.py` and are registered by name, `"<thing>.<verb>"`. A rule that
raises denies, because the request then fails: nothing here falls back to yes.
"""

import functools
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, or_, select

from community.audiences import Level
from community.database import note_authorization, session
from community.errors import Forbidden, NotFound, NotSignedIn
from community.subjects import State, Subject, subject_kinds
from community.viewer import Viewer

Rule = Callable[[Viewer, Any], bool]

_rules: dict[str, Rule] = {}
_readers: dict[type[Any], tuple["Check", "Filter"]] = {}

Check = Callable[[Viewer, Any], bool]
Filter = Callable[[Viewer], ColumnElement[bool]]


def rule(permission: str) -> Callable[[Rule], Rule]:
    """Register the rule of one permission; its name is unique in the house."""

    def register(check: Rule) -> Rule:
        if permission in _rules:
            raise ValueError(f"two rules for {permission}")
        _rules[permission] = check
        return check

    return register


def permissions() -> dict[str, Rule]:
    return dict(sorted(_rules.items()))


def can(viewer: Viewer, permission: str, target: Any = None) -> bool:
    """Whether `viewer` may do `permission` to `target`; nobody may do what they cannot read."""
    if viewer.is_system:
        return True
    if viewer.scopes is not None and not _in_scope(viewer.scopes, permission):
        return False
    if target is not None and not may_see(viewer, target):
        return False
    return bool(_rules[permission](viewer, target))


def authorize(viewer: Viewer, permission: str, target: Any = None) -> None:
    """The first line of every action.

    Raise `NotFound` where the target cannot be read, `NotSignedIn` for a visitor, `Forbidden`
    otherwise.
    """
    note_authorization()
    if can(viewer, permission, target):
        return
    if target is not None and not may_see(viewer, target):
        raise NotFound
    if viewer.member is None:
        raise NotSignedIn
    raise Forbidden


def _in_scope(scopes: frozenset[str], permission: str) -> bool:
    """A token that may write may all that its member may; another what its words begin."""
    return "write" in scopes or permission.partition(".")[0] in scopes


# What the rules of many rooms ask of a subject -------------------------------


def is_own(viewer: Viewer, row: Any) -> bool:
    return viewer.member_id is not None and row.author_id == viewer.member_id


def moderates(viewer: Viewer, row: Any) -> bool:
    return viewer.member is not None and viewer.level(row.audience_id) >= Level.MODERATE


def may_delete(viewer: Viewer, row: Any, *, alone: bool) -> bool:
    """Its author as long as nobody else has put words into it, though not what is out of sight."""
    if row.state == State.DELETED:
        return False
    own = is_own(viewer, row) and row.state != State.HIDDEN
    return (own and alone) or moderates(viewer, row)


def may_restore(viewer: Viewer, row: Any) -> bool:
    """Whoever moderates; its author only what they took away themselves."""
    if row.state not in (State.DELETED, State.HIDDEN):
        return False
    by_author = is_own(viewer, row) and row.deleted_by_id == viewer.member_id
    return (by_author and row.state == State.DELETED) or moderates(viewer, row)


# Reading: the check and the filter of each rule stand side by side -----------


def readable(model: type[Any], *, check: Check, filter: Filter) -> None:
    """Give a model its own reading rule, beside the common one or instead of it."""
    _readers[model] = (check, filter)


def may_see(viewer: Viewer, row: Any) -> bool:
    """Whether the row exists for this viewer. Rows without an audience are not for reading so."""
    if viewer.is_system:
        return True
    if type(row) in _readers:
        return _readers[type(row)][0](viewer, row)
    if isinstance(row, Subject):
        return may_see_subject(viewer, row)
    return True


def visible(model: type[Any], viewer: Viewer) -> ColumnElement[bool]:
    """The same as `may_see`, as a filter inside the query."""
    if model in _readers:
        return _readers[model][1](viewer)
    return visible_subjects(model, viewer)


def may_see_subject(viewer: Viewer, row: Any) -> bool:
    if row.audience_id not in viewer.audiences:
        return False
    if row.state == State.PUBLISHED:
        return True
    if viewer.member_id is not None and row.author_id == viewer.member_id:
        return True
    return row.state != State.DRAFT and row.audience_id in viewer.moderated


def visible_subjects(model: type[Any], viewer: Viewer) -> ColumnElement[bool]:
    if viewer.is_system:
        return model.id.is_not(None)
    states = [model.state == State.PUBLISHED]
    if viewer.member_id is not None:
        states.append(model.author_id == viewer.member_id)
    if viewer.moderated:
        states.append(and_(model.state != State.DRAFT, model.audience_id.in_(viewer.moderated)))
    if not viewer.audiences:
        return false()
    return and_(model.audience_id.in_(viewer.audiences), or_(*states))


def find_visible(model: type[Any], public_id: str, viewer: Viewer) -> Any:
    """Load one row through the viewer, or raise `NotFound`, the same for absent and unseen."""
    row = session.scalar(_named(model), {"name": public_id})
    if row is None or not may_see(viewer, row):
        raise NotFound
    return row


@functools.cache
def _named(model: type[Any]) -> Select[Any]:
    return select(model).where(model.public_id == bindparam("name"))


def find_subject(kind: str, public_id: str, viewer: Viewer) -> Any:
    """Like `find_visible`, for any kind of subject by its name."""
    known = subject_kinds().get(kind)
    if known is None:
        raise NotFound
    return find_visible(known.model, public_id, viewer)
