"""How often something may be tried, counted in the database, so that every process counts alike."""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, text

from community import clock
from community.config import settings
from community.credentials.models import Attempt
from community.database import session, write_transaction
from community.errors import TooMany
from community.jobs import SKEW


@dataclass(frozen=True)
class Allowance:
    kind: str
    most: int
    within: timedelta


SIGN_IN_BY_ACCOUNT = Allowance("sign_in", 5, timedelta(minutes=5))
SIGN_IN_BY_ADDRESS = Allowance("sign_in_from", 20, timedelta(minutes=5))
SIGN_UP_BY_ADDRESS = Allowance("sign_up_from", 10, timedelta(hours=1))
RESET_BY_ACCOUNT = Allowance("reset", 3, timedelta(hours=1))
RESET_BY_ADDRESS = Allowance("reset_from", 20, timedelta(hours=1))
PROOF_BY_MEMBER = Allowance("proof", 5, timedelta(minutes=5))


def spend(*tries: tuple[Allowance, str]) -> list[int]:
    """Note one try on each allowance; raise `TooMany` if one is used up, and then note none.

    The try is noted before its outcome is known, so that many at once cannot slip through.
    """
    with write_transaction():
        for allowance, key in tries:
            _refuse_if_used_up(allowance, _hashed(key))
        rows = [Attempt(kind=allowance.kind, key=_hashed(key)) for allowance, key in tries]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


def give_back(attempt_ids: list[int]) -> None:
    """What succeeded does not count against anyone."""
    with write_transaction():
        session.execute(delete(Attempt).where(Attempt.id.in_(attempt_ids)))


def forget_attempts(before: datetime) -> None:
    with write_transaction():
        session.execute(delete(Attempt).where(Attempt.at < before))


def network_of(address: str | None) -> str:
    """An IPv4 address, or the /64 that one household or office has of IPv6."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _refuse_if_used_up(allowance: Allowance, key: str) -> None:
    _one_at_a_time(key)
    now = clock.now()  # what was tried later than that was tried before the clock was set back
    lately = Attempt.at.between(now - allowance.within, now + SKEW)
    recent = (Attempt.kind == allowance.kind, Attempt.key == key, lately)
    count, oldest = session.execute(select(func.count(), func.min(Attempt.at)).where(*recent)).one()
    if count < allowance.most:
        return
    wait = max(1, int((oldest + allowance.within - now).total_seconds()))
    minutes = -(-wait // 60)
    message = _("Too many tries. Please wait %(minutes)s min.", minutes=minutes)
    if allowance.kind.startswith("sign_in"):
        message = _("Try again in %(minutes)s min, or reset your password.", minutes=minutes)
    raise TooMany(message, retry_after=wait)


def _one_at_a_time(key: str) -> None:
    if session().get_bind().dialect.name == "postgresql":
        number = int(key[:15], 16)
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def _hashed(key: str) -> str:
    """Keyed, so that the table alone does not tell who tried."""
    return hmac.new(settings().secret_key.encode(), key.encode(), hashlib.sha256).hexdigest()
