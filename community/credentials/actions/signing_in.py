"""Signing in and out, here and from afar."""

from flask_babel import gettext as _
from sqlalchemy import delete, select

from community.credentials import sessions
from community.credentials.addresses import fold_address
from community.credentials.attempts import (
    PROOF_BY_MEMBER,
    SIGN_IN_BY_ACCOUNT,
    SIGN_IN_BY_ADDRESS,
    give_back,
    network_of,
    spend,
)
from community.credentials.events import MemberSignedIn, MemberSignedOut
from community.credentials.models import EmailAddress, Password, SignIn
from community.credentials.passwords import verify
from community.database import action, session
from community.errors import Invalid, NotSignedIn
from community.events import emit
from community.members.models import Member, MemberState, Profile
from community.members.usernames import fold
from community.policy import authorize
from community.viewer import Viewer


def member_with(address: str, password: str, *, network: str | None = None) -> Member:
    """The member with this address (or username) and password.

    Raise `NotSignedIn`, the same and after the same time for an unknown address, a wrong password
    and a suspended member; `TooMany` after five tries in five minutes, known or not.
    """
    folded = fold_address(address)
    tries = spend((SIGN_IN_BY_ACCOUNT, folded), (SIGN_IN_BY_ADDRESS, network_of(network)))
    member = _member_called(folded)
    hash = member and session.scalar(select(Password.hash).where(Password.member_id == member.id))
    session.rollback()
    if not verify(hash, password) or member is None or member.state != MemberState.ACTIVE:
        raise NotSignedIn(_("E-mail or password is wrong."))
    give_back(tries)
    return member


def _member_called(folded: str) -> Member | None:
    if "@" in folded:
        confirmed = EmailAddress.confirmed_at.is_not(None)
        owner = select(EmailAddress.member_id).where(EmailAddress.folded == folded, confirmed)
    else:
        owner = select(Profile.member_id).where(Profile.username_folded == fold(folded))
    return session.scalar(select(Member).where(Member.id.in_(owner)))


def check_proof(member: Member, password: str) -> None:
    """Ask a signed-in member for the password once more; raise `Invalid` if it is wrong."""
    tries = spend((PROOF_BY_MEMBER, f"member:{member.id}"))
    hash = session.scalar(select(Password.hash).where(Password.member_id == member.id))
    session.rollback()
    if not verify(hash, password):
        raise Invalid({"current_password": _("This is not your password.")})
    give_back(tries)


@action
def sign_in(member: Member, *, by: Viewer) -> None:
    """Begin a sign-in in this browser, for a member who has proved who they are."""
    authorize(by, "credentials.prove")
    sessions.start(member)
    emit(MemberSignedIn(actor_id=member.id))


@action
def end_sign_in(sign_in_id: int, *, by: Viewer) -> None:
    """Sign this browser out at once."""
    authorize(by, "credentials.prove")
    _end(by, SignIn.id == sign_in_id)


@action
def end_sign_in_elsewhere(member: Member, public_id: str, *, by: Viewer) -> None:
    """End one of one's own sign-ins; it is gone at that browser's next request."""
    authorize(by, "credentials.change", member)
    _end(by, SignIn.public_id == public_id)


@action
def end_other_sign_ins(member: Member, kept_id: int | None, *, by: Viewer) -> None:
    authorize(by, "credentials.change", member)
    _end(by, SignIn.id != (kept_id or 0))


def _end(by: Viewer, *which: object) -> None:
    ended = session.execute(delete(SignIn).where(SignIn.member_id == by.member_id, *which))  # type: ignore[arg-type]
    if ended.rowcount:  # type: ignore[attr-defined]
        emit(MemberSignedOut(actor_id=by.member_id))
