"""Revisions of a text, and members to mention in one."""

import re
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from community.database import session
from community.errors import NotFound
from community.members.models import Member, MemberState, Profile
from community.readers import readers_of
from community.texts.models import Revision, Text

OFFERED = 8
SHOWN_REVISIONS = 100
MOST_REVISIONS = 2**31 - 1  # what the column holds; addresses may name any number


def revisions_of(text: Text, *, before: int | None = None) -> Sequence[Revision]:
    """The newest first, at most a hundred, below the number `before`."""
    newest = select(Revision).where(Revision.text_id == text.id)
    if before is not None:
        newest = newest.where(Revision.number < max(0, min(before, MOST_REVISIONS)))
    return session.scalars(
        newest.options(joinedload(Revision.author))
        .order_by(Revision.number.desc())
        .limit(SHOWN_REVISIONS)
    ).all()


def find_revision(text: Text, number: int) -> Revision:
    if not 0 < number <= MOST_REVISIONS:
        raise NotFound
    found = session.scalar(
        select(Revision)
        .where(Revision.text_id == text.id, Revision.number == number)
        .options(joinedload(Revision.author))
    )
    if found is None:
        raise NotFound
    return found


def members_to_mention(words: str, audience_id: int | None) -> Sequence[Member]:
    """Members whose name begins so and who can read there, a few."""
    begins = re.sub(r"[\\%\x00]", "", words.strip().casefold()).replace("_", r"\_")
    if not begins or len(begins) > 40:
        return []
    reads = readers_of(audience_id) if audience_id else Member.state == MemberState.ACTIVE
    named = or_(
        Profile.username_folded.like(f"{begins}%", escape="\\"),
        Profile.name.ilike(f"{begins}%", escape="\\"),
        Profile.name.ilike(f"% {begins}%", escape="\\"),
    )
    return session.scalars(
        select(Member)
        .join(Profile)
        .where(named, reads)
        .order_by(Profile.username_folded)
        .limit(OFFERED)
    ).all()
