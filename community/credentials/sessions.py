"""Who is signed in: Flask-Login over the rows of `sign_in`, so that a sign-in can be ended."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import g, request
from flask import session as cookie
from flask_login import UserMixin, login_user
from sqlalchemy import bindparam, select, update

from community import clock
from community.buffers import buffered, note
from community.credentials.models import SignIn
from community.database import session
from community.members.models import Member, MemberState

SEEN_EVERY = timedelta(minutes=10)
IDLE = timedelta(days=14)
LONGEST = timedelta(days=90)


# Built once: every page of a member asks it.
BY_TOKEN = select(SignIn).where(SignIn.token_hash == bindparam("token"))


class SignedIn(UserMixin):
    """What Flask-Login carries: the cookie's token and the member behind it."""

    def __init__(self, token: str, row: SignIn) -> None:
        self.token = token
        self.member = row.member
        self.sign_in_id = row.id

    def get_id(self) -> str:
        return self.token


def load(token: str) -> SignedIn | None:
    """The sign-in behind a cookie, unless it was ended, is too old, or its member may not enter."""
    row = session.scalar(BY_TOKEN, {"token": hashed(token)})
    if row is None or row.member.state != MemberState.ACTIVE:
        return None
    now = clock.now()
    if now - row.seen_at > IDLE or now - row.at > LONGEST:
        return None
    g.sign_in_id = row.id
    if now - row.seen_at > SEEN_EVERY:
        note("sign_ins", (row.id, now))
    return SignedIn(token, row)


@buffered("sign_ins")
def keep_seen(notes: Sequence[tuple[int, datetime]]) -> None:
    """Write down when each sign-in was last used, to ten minutes."""
    for sign_in_id, at in dict(notes).items():
        session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=at))


def start(member: Member) -> None:
    """Sign the member in, in this browser; joins an action."""
    token = secrets.token_urlsafe(32)
    row = SignIn(
        token_hash=hashed(token),
        member_id=member.id,
        browser=(request.user_agent.string or "")[:200],
    )
    session.add(row)
    session.flush()
    session.refresh(row)
    cookie.clear()
    login_user(SignedIn(token, row))
    g.pop("viewer", None)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
