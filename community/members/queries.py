"""Who is here, and what they did lately as far as the viewer may see it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from community.database import session
from community.errors import NotFound
from community.members.models import Member, Profile, Segment
from community.members.usernames import fold
from community.pagination import Key, Page, page_by_key
from community.policy import visible
from community.subjects import State, SubjectKind, subject_kinds
from community.viewer import Viewer


def find_member(username: str, viewer: Viewer) -> Member:
    """The member of this name, or `NotFound`, the same for unknown, left and suspended."""
    member = session.scalar(
        select(Member)
        .join(Profile)
        .where(Profile.username_folded == fold(username), visible(Member, viewer))
        .options(joinedload(Member.organization), joinedload(Member.unit))
    )
    if member is None:
        raise NotFound
    return member


def members_page(
    viewer: Viewer, token: str | None, *, words: str = "", segment: str = ""
) -> Page[Member]:
    """The directory, by name."""
    found = _listed(viewer)
    if words:
        found = found.where(
            func.lower(Profile.name).contains(words.casefold(), autoescape=True)
            | Profile.username_folded.contains(fold(words), autoescape=True)
        )
    if segment in set(Segment):
        found = found.where(Member.segment == segment)
    keys = [
        Key(Profile.name, lambda member: member.profile.name),
        Key(Member.public_id, lambda member: member.public_id),
    ]
    return page_by_key(found, keys, token=token, limit=50)


def _listed(viewer: Viewer) -> Select[Member]:
    return (
        select(Member)
        .join(Profile, Profile.member_id == Member.id)
        .where(visible(Member, viewer), Member.segment != Segment.BOT)
        .options(joinedload(Member.organization), joinedload(Member.unit))
    )


def recent_subjects(member: Member, viewer: Viewer, *, limit: int = 10) -> Sequence[Any]:
    """What the member published lately, of every kind the house has, newest first."""
    parts = [_published(kind, member, viewer, limit) for kind in subject_kinds().values()]
    if not parts:
        return []
    both = union_all(*parts).subquery()
    latest = session.execute(select(both).order_by(both.c.at.desc()).limit(limit)).all()
    return [row for row in _loaded([(kind, key) for kind, key, _at in latest]) if row is not None]


def _published(kind: SubjectKind, member: Member, viewer: Viewer, limit: int) -> Select[Any]:
    model = kind.model
    part = (
        select(literal(kind.name).label("kind"), model.id.label("id"), model.created_at.label("at"))
        .where(model.author_id == member.id, model.state == State.PUBLISHED, visible(model, viewer))
        .order_by(model.created_at.desc())
        .limit(limit)
        .subquery()
    )
    return select(part)


def _loaded(refs: Sequence[tuple[str, int]]) -> list[Any]:
    """The rows behind the references, with one query for each kind among them."""
    found: dict[tuple[str, int], Any] = {}
    for name in {kind for kind, _key in refs}:
        model = subject_kinds()[name].model
        keys = [key for kind, key in refs if kind == name]
        for row in session.scalars(select(model).where(model.id.in_(keys))):
            found[name, row.id] = row
    return [found.get(ref) for ref in refs]
