"""Who sends a request with `Authorization: Bearer …`."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import g, request
from flask_babel import gettext as _
from sqlalchemy import select, update

from community import clock
from community.buffers import buffered, note
from community.credentials.models import ApiToken
from community.credentials.sessions import hashed
from community.database import session
from community.errors import NotSignedIn
from community.members.models import MemberState
from community.viewer import Viewer, authenticator, limited_to, viewer_of, visitor

SEEN_EVERY = timedelta(minutes=1)


@authenticator
def bearer() -> Viewer | None:
    """The token's member, limited to its scopes; only addresses of the API take tokens.

    A token that is unknown, too old, or of a member who may not enter raises `NotSignedIn`: the
    request never falls back to a cookie.
    """
    kind, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not request.path.startswith("/api/"):
        return None
    now = clock.now()
    token = session.scalar(
        select(ApiToken).where(
            ApiToken.token_hash == hashed(secret.strip()), ApiToken.expires_at > now
        )
    )
    if token is None or token.member.state != MemberState.ACTIVE:
        g.viewer = visitor()
        raise NotSignedIn(_("This token is unknown or no longer good."))
    g.api_token_id = token.id
    if token.used_at is None or now - token.used_at > SEEN_EVERY:
        note("api_tokens", (token.id, now))
    return limited_to(viewer_of(token.member), frozenset(token.scopes.split()))


@buffered("api_tokens")
def keep_last_use(notes: Sequence[tuple[int, datetime]]) -> None:
    for token_id, at in dict(notes).items():
        session.execute(update(ApiToken).where(ApiToken.id == token_id).values(used_at=at))
