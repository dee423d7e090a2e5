"""Signing in and out."""

from flask_babel import gettext as _
from sqlalchemy import delete, select

from community.credentials import sessions
from community.credentials.events import MemberSignedIn, MemberSignedOut
from community.credentials.models import EmailAddress, Password, SignIn
from community.credentials.passwords import verify
from community.database import action, session
from community.errors import NotSignedIn
from community.events import emit
from community.members.models import Member, MemberState, Profile
from community.policy import authorize
from community.viewer import Viewer


def member_with(address: str, password: str) -> Member:
    """The member with this address (or username) and password.

    Raise `NotSignedIn`, the same and after the same time for an unknown address, a wrong password
    and a suspended member.
    """
    folded = address.strip().casefold()
    member = session.scalar(
        select(Member)
        .outerjoin(EmailAddress)
        .outerjoin(Profile, Profile.member_id == Member.id)
        .where((EmailAddress.folded == folded) | (Profile.username_folded == folded))
        .limit(1)
    )
    hash = member and session.scalar(
        select(Password.hash).where(Password.member_id == member.id)
    )
    if not verify(hash, password) or member is None or member.state != MemberState.ACTIVE:
        raise NotSignedIn(_("E-mail or password is wrong."))
    return member


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
    session.execute(
        delete(SignIn).where(SignIn.id == sign_in_id, SignIn.member_id == by.member_id)
    )
    emit(MemberSignedOut(actor_id=by.member_id))
