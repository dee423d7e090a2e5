"""Links that work once: made, opened without being used up, and used up."""

import secrets
from datetime import timedelta

from flask import current_app
from flask_babel import ngettext
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import delete, select, update

from community import clock
from community.credentials.addresses import owner_of
from community.credentials.models import EmailAddress, LinkPurpose, OneTimeLink
from community.credentials.sessions import hashed
from community.database import session
from community.errors import Gone

LIFETIME, LIFETIME_OF_SIGN_UP = timedelta(hours=1), timedelta(days=1)


def gone(lifetime: timedelta = LIFETIME) -> Gone:
    return Gone(
        ngettext(
            "This link was used or is older than %(num)d hour. Get a new one.",
            "This link was used or is older than %(num)d hours. Get a new one.",
            lifetime // timedelta(hours=1),
        )
    )


def new_link(
    purpose: LinkPurpose, *, member_id: int | None = None, address_id: int | None = None
) -> str:
    """A new link's secret; earlier ones for the same are void. Joins a write transaction."""
    session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.purpose == purpose, OneTimeLink.member_id.is_not_distinct_from(member_id)
        )
    )
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeLink(
            token_hash=hashed(token),
            purpose=purpose,
            member_id=member_id,
            address_id=address_id,
            expires_at=clock.now() + LIFETIME,
        )
    )
    session.flush()
    return token


def open_link(purpose: LinkPurpose, token: str) -> OneTimeLink:
    """The link behind a secret, not used up by looking; raise `Gone` if it is no longer good."""
    link = session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == hashed(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
        )
    )
    if link is None:
        raise gone()
    return link


def use_link(purpose: LinkPurpose, token: str) -> OneTimeLink:
    """Use the link up; of two at once, one gets `Gone`. Joins a write transaction."""
    link = open_link(purpose, token)
    used = session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=clock.now())
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise gone()
    return link


def new_address_token(row: EmailAddress, address: str) -> str:
    """A signed link to replace an address: it names both, and is void once either has changed."""
    until = (clock.now() + LIFETIME).timestamp()
    return _signer().dumps([row.id, row.folded, address, until])  # type: ignore[return-value]


def read_address_token(token: str) -> tuple[EmailAddress, str]:
    """The row to change and its new address; raise `Gone` for a link that is no longer good."""
    try:
        row_id, former, address, until = _signer().loads(token)
    except BadData:
        raise gone() from None
    row = session.get(EmailAddress, row_id)
    void = row is None or row.folded != former or clock.now().timestamp() > until
    if row is None or void or owner_of(address):
        raise gone()
    return row, address


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="new-address")
