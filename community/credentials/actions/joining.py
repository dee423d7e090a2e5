"""Signing up and confirming: nobody learns from it which addresses are known."""

import secrets
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, func

from community import clock
from community.credentials.addresses import check_address, domain_of, fold_address, owner_of
from community.credentials.events import MemberConfirmed
from community.credentials.jobs import answer_sign_up
from community.credentials.links import LIFETIME_OF_SIGN_UP, gone
from community.credentials.models import EmailAddress, Password, SignUp
from community.credentials.passwords import check_password, hash_password
from community.credentials.queries import sign_up_behind
from community.credentials.sessions import hashed
from community.database import action, session
from community.errors import Invalid
from community.events import emit
from community.members.actions import Place, check_name, join_member
from community.members.models import Member
from community.members.usernames import check_username
from community.organizations.queries import place_by_domain
from community.policy import authorize
from community.sending import insert_once
from community.viewer import Viewer


@dataclass(frozen=True)
class Application:
    """A sign-up that was checked and whose password was hashed, before any lock is taken."""

    name: str
    username: str
    address: str
    password_hash: str


def prepare_application(name: str, username: str, address: str, password: str) -> Application:
    """Raise `Invalid` with all that is wrong, by field."""
    errors: dict[str, str] = {}
    checks = (
        lambda: check_name(name),
        lambda: check_username(username),
        lambda: check_address(address),
        lambda: check_password(password, about=(name, username, address)),
    )
    values = []
    for check in checks:
        try:
            values.append(check())
        except Invalid as refusal:
            errors |= refusal.errors
    if errors:
        raise Invalid(errors)
    kept_name, kept_username, kept_address, _password = values
    return Application(kept_name, kept_username, kept_address, hash_password(password))


@action
def sign_up(application: Application, *, by: Viewer) -> SignUp:
    """Keep the application for a day and let the worker answer by mail.

    The same rows are written whether or not the address is known, in the same time.
    """
    authorize(by, "credentials.join")
    row = SignUp(
        token_hash=hashed(secrets.token_urlsafe(32)),
        username=application.username,
        name=application.name,
        address=application.address,
        password_hash=application.password_hash,
        expires_at=clock.now() + LIFETIME_OF_SIGN_UP,
    )
    session.add(row)
    session.flush()
    answer_sign_up.later(row.id)
    return row


@action
def confirm(token: str, *, by: Viewer, username: str = "") -> Member:
    """Make the member behind a confirmed sign-up; using the link a second time raises `Gone`.

    The segment follows from the address's domain. `username` replaces one that was taken meanwhile.
    """
    authorize(by, "credentials.prove")
    row = _taken_up(sign_up_behind(token))
    if owner_of(row.address):
        raise gone(LIFETIME_OF_SIGN_UP)
    place = place_by_domain(domain_of(row.address))
    member = join_member(row.name, username or row.username, place)
    add_credentials(member, row.address, row.password_hash)
    same = func.lower(SignUp.address) == fold_address(row.address)
    session.execute(delete(SignUp).where(same))
    return member


def _taken_up(row: SignUp) -> SignUp:
    """Take the row out of the table: of two confirmations at once, one gets it."""
    taken = session.execute(delete(SignUp).where(SignUp.id == row.id))
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise gone(LIFETIME_OF_SIGN_UP)
    session.expunge(row)
    return row


@action
def create_member(application: Application, place: Place, *, by: Viewer) -> Member:
    """A member with a confirmed address, from the console or an administrator's hand."""
    authorize(by, "member.create")
    if owner_of(application.address):
        raise Invalid({"address": _("There is a member with this address.")})
    member = join_member(application.name, application.username, place)
    add_credentials(member, application.address, application.password_hash)
    return member


def add_credentials(member: Member, address: str, password_hash: str) -> None:
    """Give a new member a confirmed address and a password; joins an action."""
    confirmed = {"folded": fold_address(address), "confirmed_at": clock.now()}
    if not insert_once(EmailAddress, member_id=member.id, address=address, **confirmed):
        raise gone(LIFETIME_OF_SIGN_UP)
    session.add(Password(member_id=member.id, hash=password_hash))
    session.flush()
    emit(MemberConfirmed(actor_id=member.id, member_id=member.id))
