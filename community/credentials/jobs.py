"""Answers by mail, and the daily clearing away of what has expired."""

from datetime import timedelta

from sqlalchemy import delete

from community import clock
from community.credentials.actions.answering import (
    write_about_new_address,
    write_about_reset,
    write_about_sign_up,
)
from community.credentials.attempts import forget_attempts
from community.credentials.models import ApiToken, OneTimeLink, SignIn, SignUp
from community.credentials.sessions import IDLE, LONGEST
from community.database import session, write_transaction
from community.jobs import job, periodic

KEPT = timedelta(days=1)


@job("credentials.answer_sign_up")
def answer_sign_up(sign_up_id: int) -> None:
    write_about_sign_up(sign_up_id)


@job("credentials.answer_reset")
def answer_reset(address: str) -> None:
    write_about_reset(address)


@job("credentials.answer_new_address")
def answer_new_address(member_id: int, address: str) -> None:
    write_about_new_address(member_id, address)


@periodic("credentials.clear", hours=1)
def clear_expired() -> None:
    """Delete sign-ups, links, sign-ins and tokens that can no longer be used."""
    now = clock.now()
    forget_attempts(now - KEPT)
    with write_transaction():
        session.execute(delete(SignUp).where(SignUp.expires_at < now))
        session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at < now - KEPT))
        session.execute(
            delete(SignIn).where((SignIn.seen_at < now - IDLE) | (SignIn.at < now - LONGEST))
        )
        session.execute(delete(ApiToken).where(ApiToken.expires_at < now - timedelta(days=30)))
