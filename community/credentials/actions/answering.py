"""What the worker does with a sign-up or a forgotten password: look who it is, and write."""

import secrets

from sqlalchemy import select

from community.credentials import notices
from community.credentials.addresses import fold_address, owner_of
from community.credentials.links import new_address_token, new_link
from community.credentials.models import EmailAddress, LinkPurpose, SignUp
from community.credentials.queries import address_row_of
from community.credentials.sessions import hashed
from community.database import action, session
from community.identifiers import new_public_id
from community.mail import send
from community.members.models import Member, MemberState
from community.policy import authorize
from community.viewer import SYSTEM, Viewer


@action
def write_about_sign_up(sign_up_id: int, *, by: Viewer = SYSTEM) -> None:
    """Send the link that confirms, or tell the owner of a known address that somebody tried."""
    authorize(by, "credentials.prove")
    row = session.get(SignUp, sign_up_id)
    if row is None:
        return
    if owner_of(row.address):
        letter = notices.already_here()
        send(to=row.address, key=f"known:{row.public_id}", **letter)
        session.delete(row)
        return
    token = secrets.token_urlsafe(32)
    row.token_hash = hashed(token)
    send(to=row.address, key=f"confirm:{row.public_id}", **notices.please_confirm(row.name, token))


@action
def write_about_reset(address: str, *, by: Viewer = SYSTEM) -> None:
    """Send a link for a new password, if somebody active has confirmed this address."""
    authorize(by, "credentials.prove")
    found = session.scalar(
        select(EmailAddress)
        .join(Member)
        .where(
            EmailAddress.folded == fold_address(address),
            EmailAddress.confirmed_at.is_not(None),
            Member.state == MemberState.ACTIVE,
        )
    )
    if found is None:
        return
    token = new_link(LinkPurpose.RESET, member_id=found.member_id, address_id=found.id)
    key = f"reset:{hashed(token)[:16]}"
    send(to=found.address, key=key, **notices.new_password(found.member.name, token))


@action
def write_about_new_address(member_id: int, address: str, *, by: Viewer = SYSTEM) -> None:
    """Send the link that changes the address, or tell the owner of a known one."""
    authorize(by, "credentials.prove")
    member = session.get_one(Member, member_id)
    row = address_row_of(member)
    if row is None or member.state != MemberState.ACTIVE:
        return
    if owner_of(address):
        send(to=address, key=f"known:{new_public_id()}", **notices.already_here())
        return
    token = new_address_token(row, address)
    letter = notices.new_address(member.name, token)
    send(to=address, key=f"address:{hashed(token)[:16]}", **letter)
