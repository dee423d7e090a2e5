"""Keys for programs: made, shown once, used, and taken back."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from community import clock
from community.credentials.events import TokenMade, TokenRevoked
from community.credentials.models import SCOPES, ApiToken
from community.credentials.sessions import hashed
from community.database import action, session
from community.errors import Conflict, Invalid, NotFound
from community.events import emit
from community.members.actions import check_line
from community.members.models import Member
from community.policy import authorize
from community.viewer import Viewer

LONGEST_DAYS = 365
MOST = 20
PREFIX = "gh_"


@action
def make_token(member: Member, name: str, *, by: Viewer, scopes: Sequence[str], days: int) -> str:
    """A new key's secret, which is never shown again. It ends within a year."""
    authorize(by, "credentials.change", member)
    name = check_line(name, "name", 80)
    if not name:
        raise Invalid({"name": _("Say what the token is for.")})
    if not scopes or not set(scopes) <= set(SCOPES):
        raise Invalid({"scopes": _("Choose what the token may do.")})
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid({"days": _("A token lasts 1 to %(most)s days.", most=LONGEST_DAYS)})
    if (session.scalar(select(func.count()).where(ApiToken.member_id == member.id)) or 0) >= MOST:
        raise Conflict(_("You have %(most)s tokens. Take one back first.", most=MOST))
    secret = PREFIX + secrets.token_urlsafe(32)
    session.add(
        ApiToken(
            token_hash=hashed(secret),
            member_id=member.id,
            name=name,
            scopes=" ".join(sorted(set(scopes))),
            expires_at=clock.now() + timedelta(days=days),
        )
    )
    emit(TokenMade(actor_id=member.id, scopes=" ".join(sorted(set(scopes)))))
    return secret


@action
def revoke_token(member: Member, public_id: str, *, by: Viewer) -> None:
    """Take a key back; it fails at its next use."""
    authorize(by, "credentials.change", member)
    revoked = session.execute(
        delete(ApiToken).where(ApiToken.public_id == public_id, ApiToken.member_id == member.id)
    )
    if revoked.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound
    emit(TokenRevoked(actor_id=member.id))
