"""Who reads, from a request's cookie and one statement: for pages put together before Flask."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import Table, select, true
from werkzeug.http import parse_cookie

from community import clock
from community.audiences import AccessVersion, Level
from community.bounded import Bounded
from community.credentials.models import SignIn
from community.credentials.sessions import IDLE, LONGEST, SEEN_EVERY, hashed
from community.database import Base, session
from community.i18n import LANGUAGES
from community.keeping.asking import StillIn
from community.keeping.reader import Connect, Reader
from community.keeping.statements import Statement, among, given, moment
from community.members.models import Member, MemberState, Profile
from community.viewer import viewer_of

# What they are alike in, their groups, roles and levels.
Belonging = tuple[str, frozenset[int], frozenset[str], Mapping[int, Level]]

MOST_KNOWN = 5_000
TOKEN_SECONDS = 600


def _picture() -> Table:
    return Base.metadata.tables["attachment"]


_FOUND = Statement(
    lambda: (
        select(
            SignIn.member_id,
            SignIn.at,
            SignIn.seen_at,
            Member.state,
            Member.joined_at,
            Profile.theme,
            Profile.language,
            Profile.timezone,
            Profile.name,
            Profile.username,
            _picture().c.public_id,
            Member.version,
            AccessVersion.version,
        )
        .join(Member, Member.id == SignIn.member_id)
        .join(Profile, Profile.member_id == Member.id)
        .outerjoin(_picture(), _picture().c.id == Profile.picture_id)
        .join(AccessVersion, true())
        .where(SignIn.token_hash == given("hash"))
    )
)

_CHOSEN = Statement(
    lambda: (
        select(SignIn.token_hash, Member.version, Profile.theme, Profile.language, Profile.timezone)
        .join(Member, Member.id == SignIn.member_id)
        .join(Profile, Profile.member_id == SignIn.member_id)
        .where(among(SignIn.token_hash, "hashes"))
    )
)


class Found(NamedTuple):
    """As the driver gives it."""

    member_id: int
    at: Any
    seen_at: Any
    state: str
    joined_at: Any
    theme: str
    language: str
    timezone: str
    name: str
    username: str
    picture: str | None
    version: int
    house: int


class Readers:
    """Knows again, within one process, the cookies and members it has seen.

    What a member may is worked out anew whenever the house's version says that anything may have
    changed; whether the sign-in holds, and what is theirs to choose, is asked of the database after
    every commit.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.cookie_name = app.config["SESSION_COOKIE_NAME"]
        cookies = app.session_interface
        assert isinstance(cookies, SecureCookieSessionInterface)
        signer = cookies.get_signing_serializer(app)
        assert signer and app.secret_key
        self.cookies, self.tokens = signer, URLSafeTimedSerializer(app.secret_key, "wtf-csrf-token")
        self.longest = int(app.permanent_session_lifetime.total_seconds())
        self.known_cookies: Bounded[str, Mapping[str, Any]] = Bounded(MOST_KNOWN)
        self.known_tokens: Bounded[str, tuple[float, str]] = Bounded(MOST_KNOWN)
        self.known_members: Bounded[tuple[int, int], Belonging] = Bounded(MOST_KNOWN)

    def find(self, environ: dict[str, Any], connect: Connect) -> Reader | None:
        """`None` where Flask has to look closer: no cookie of ours, something to be told, a
        sign-in that is over or is to be written down again.
        """
        cookie = self._cookie(environ.get("HTTP_COOKIE", ""))
        if not cookie or "_user_id" not in cookie or "csrf_token" not in cookie:
            return None
        if cookie.get("_flashes"):
            return None
        sign_in = hashed(cookie["_user_id"])
        rows = _FOUND.ask(connect(), {"hash": sign_in})
        if not rows:
            return None
        row, now = Found(*rows[0]), clock.now()
        if row.state != MemberState.ACTIVE or row.language not in LANGUAGES:
            return None
        if now - moment(row.seen_at) > min(IDLE, SEEN_EVERY) or now - moment(row.at) > LONGEST:
            return None
        alike, groups, roles, levels = self._belonging(row.member_id, row.house)
        return Reader(
            member_id=row.member_id,
            joined_at=moment(row.joined_at),
            name=row.name,
            username=row.username,
            picture=row.picture,
            theme=row.theme,
            language=f"{row.language} {row.timezone}",
            house=row.house,
            alike=alike,
            sharing=f"{alike} {row.language} {row.timezone}",
            groups=groups,
            roles=roles,
            levels=levels,
            csrf_token=self._token(cookie["csrf_token"]),
            connect=connect,
            version=row.version,
            sign_in=sign_in,
        )

    def chosen(self, sign_ins: Sequence[str], connect: Connect) -> dict[str, StillIn]:
        rows = _CHOSEN.ask(connect(), {"hashes": list(sign_ins)})
        return {
            sign_in: ((theme, f"{language} {zone}"), version)
            for sign_in, version, theme, language, zone in rows
        }

    def _cookie(self, header: str) -> Mapping[str, Any] | None:
        try:
            # As Flask does: of two, the same one.
            given = parse_cookie(header).get(self.cookie_name)
        except UnicodeDecodeError:  # anybody can send what is no text
            given = None
        if given is None:
            return None
        known = self.known_cookies.get(given)
        if known is None:
            try:
                known = self.cookies.loads(given, max_age=self.longest)
            except BadSignature:
                return None
            self.known_cookies[given] = known
        return known

    def _token(self, secret: str) -> str:
        at, token = self.known_tokens.get(secret, (0.0, ""))
        if time.monotonic() - at > TOKEN_SECONDS or not token:
            token = str(self.tokens.dumps(secret))
            self.known_tokens[secret] = time.monotonic(), token
        return token

    def _belonging(self, member_id: int, house: int) -> Belonging:
        known = self.known_members.get((member_id, house))
        if known is None:
            with self.app.app_context():
                viewer = viewer_of(session.get_one(Member, member_id))
                known = viewer.alike, viewer.groups, viewer.roles, viewer.levels
                session.remove()
            self.known_members[member_id, house] = known
        return known
