"""Passwords: a new one for one that was forgotten, and changing it."""

from sqlalchemy import delete

from community import clock
from community.credentials import notices
from community.credentials.addresses import fold_address
from community.credentials.attempts import RESET_BY_ACCOUNT, RESET_BY_ADDRESS, network_of, spend
from community.credentials.events import PasswordChanged
from community.credentials.jobs import answer_reset
from community.credentials.links import gone, open_link, use_link
from community.credentials.models import EmailAddress, LinkPurpose, OneTimeLink, Password, SignIn
from community.credentials.passwords import check_password, hash_password
from community.credentials.queries import address_of
from community.database import action, session
from community.events import emit
from community.identifiers import new_public_id
from community.mail import send
from community.members.models import Member, MemberState
from community.policy import authorize
from community.viewer import Viewer


@action
def ask_for_reset(address: str, *, by: Viewer, network: str | None = None) -> None:
    """Let the worker write to the address if it is known; this does the same work either way."""
    authorize(by, "credentials.prove")
    spend((RESET_BY_ACCOUNT, fold_address(address)), (RESET_BY_ADDRESS, network_of(network)))
    answer_reset.later(address[:254])


def prepare_reset(token: str, password: str) -> str:
    """The new password's hash, made before any lock; raise `Gone` or `Invalid`."""
    link = open_link(LinkPurpose.RESET, token)
    member = session.get_one(Member, link.member_id)
    about = (member.name, member.username or "", address_of(member) or "")
    check_password(password, about=about)
    session.rollback()
    return hash_password(password)


@action
def reset_password(token: str, password_hash: str, *, by: Viewer) -> Member:
    """Set the password, use the link up and end every sign-in."""
    authorize(by, "credentials.prove")
    link = use_link(LinkPurpose.RESET, token)
    member = session.get_one(Member, link.member_id)
    if member.state != MemberState.ACTIVE or session.get(EmailAddress, link.address_id) is None:
        raise gone()
    _set_password(member, password_hash, reset=True)
    session.execute(delete(SignIn).where(SignIn.member_id == member.id))
    return member


@action
def change_password(
    member: Member, password_hash: str, *, by: Viewer, kept_id: int | None = None
) -> None:
    """Set the password and end every sign-in but the one at hand."""
    authorize(by, "credentials.change", member)
    _set_password(member, password_hash, reset=False)
    session.execute(
        delete(SignIn).where(SignIn.member_id == member.id, SignIn.id != (kept_id or 0))
    )


def _set_password(member: Member, password_hash: str, *, reset: bool) -> None:
    session.merge(Password(member_id=member.id, hash=password_hash, changed_at=clock.now()))
    session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.member_id == member.id,
            OneTimeLink.purpose == LinkPurpose.RESET,
            OneTimeLink.used_at.is_(None),
        )
    )
    emit(PasswordChanged(actor_id=member.id, member_id=member.id, reset=reset))
    address = address_of(member)
    if address:
        send(to=address, key=f"password:{new_public_id()}", **notices.password_changed(member.name))
