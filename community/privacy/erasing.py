"""The erasure itself, as the worker does it."""

from collections.abc import Sequence

from sqlalchemy import select

from community import clock
from community.credentials.models import EmailAddress
from community.database import action, session
from community.erasure import Person, erasers
from community.events import emit
from community.identifiers import new_public_id
from community.members.events import MemberErased
from community.members.models import Member
from community.policy import authorize
from community.privacy.models import Erasure
from community.privacy.rewriting import rewrite_everywhere
from community.privacy.scrubbing import Scrubber
from community.viewer import SYSTEM, Viewer


def erase(member_id: int) -> None:
    """Erase the person behind a number for which erasure was asked. Running it again is harmless.

    The texts of others are rewritten first, in short transactions, while it is known what to look
    for. One transaction takes the person away; then what others did meanwhile goes, too: what they
    wrote, and what was sent, searched for and kept of it.
    """
    member = session.get_one(Member, member_id)
    if member.profile is None:
        return
    person = person_behind(member)
    session.rollback()
    scrubber = Scrubber(person)
    rewrite_everywhere(scrubber)
    _take_away(member_id, person, by=SYSTEM)
    rewrite_everywhere(scrubber)
    _empty_rooms(person, by=SYSTEM)


def person_behind(member: Member) -> Person:
    assert member.profile
    return Person(
        member_id=member.id,
        public_id=member.public_id,
        name=member.profile.name,
        username=member.profile.username,
        addresses=tuple(_addresses(member)),
    )


def _addresses(member: Member) -> Sequence[str]:
    return session.scalars(
        select(EmailAddress.address).where(EmailAddress.member_id == member.id)
    ).all()


@action
def _take_away(member_id: int, person: Person, *, by: Viewer) -> None:
    authorize(by, "member.erase")
    _empty_rooms(person, by=by)
    member = session.get_one(Member, member_id)
    session.refresh(member)
    member.public_id = new_public_id()
    member.organization_id = member.unit_id = None
    member.version = Member.version + 1
    session.get_one(Erasure, member_id).done_at = clock.now()
    emit(MemberErased(actor_id=member_id, member_id=member_id))


@action
def _empty_rooms(person: Person, *, by: Viewer) -> None:
    authorize(by, "member.erase")
    for eraser in erasers():
        eraser(person)
