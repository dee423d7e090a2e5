"""Another e-mail address: asked for with the password, changed when its mailbox answers."""

from community import clock
from community.credentials import notices
from community.credentials.addresses import check_address, domain_of, fold_address
from community.credentials.events import MemberConfirmed
from community.credentials.jobs import answer_new_address
from community.credentials.links import read_address_token
from community.database import action, session
from community.events import emit
from community.identifiers import new_public_id
from community.mail import send
from community.members.events import SegmentChanged
from community.members.models import Member, Segment
from community.organizations.queries import place_by_domain
from community.policy import authorize
from community.viewer import Viewer


@action
def ask_for_new_address(member: Member, typed: str, *, by: Viewer) -> None:
    """Let the worker write to the new address. The answer is the same if it is somebody else's."""
    authorize(by, "credentials.change", member)
    answer_new_address.later(member.id, check_address(typed))


@action
def confirm_new_address(token: str, *, by: Viewer) -> None:
    """Replace the address and tell the former one. A public member is placed by the domain's rule.

    The link names the address it replaces, so that it works once.
    """
    row, address = read_address_token(token)
    member = session.get_one(Member, row.member_id)
    authorize(by, "credentials.change", member)
    former = row.address
    row.address, row.folded, row.confirmed_at = address, fold_address(address), clock.now()
    session.flush()
    emit(MemberConfirmed(actor_id=member.id, member_id=member.id))
    letter = notices.address_changed(member.name, address)
    send(to=former, key=f"address:{new_public_id()}", **letter)
    _place(member, address)


def _place(member: Member, address: str) -> None:
    place = place_by_domain(domain_of(address))
    if member.segment != Segment.PUBLIC or place.segment == Segment.PUBLIC:
        return
    member.segment = place.segment
    member.organization_id, member.unit_id = place.organization_id, place.unit_id
    after = str(place.segment)
    emit(SegmentChanged(actor_id=member.id, member_id=member.id, before="public", after=after))
