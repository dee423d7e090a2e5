"""What is open: sign-ups, sign-ins, tokens, and whether the house has an administrator yet."""

from collections.abc import Sequence

from sqlalchemy import select

from community import clock
from community.credentials.links import LIFETIME_OF_SIGN_UP, gone
from community.credentials.models import ApiToken, EmailAddress, SignIn, SignUp
from community.credentials.sessions import hashed
from community.database import session
from community.members.models import Member, MemberState, Role, SiteRole


def sign_up_behind(token: str) -> SignUp:
    """The sign-up a link confirms; raise `Gone` if it was used or is too old."""
    row = session.scalar(
        select(SignUp).where(SignUp.token_hash == hashed(token), SignUp.expires_at > clock.now())
    )
    if row is None:
        raise gone(LIFETIME_OF_SIGN_UP)
    return row


def sign_ins_of(member: Member) -> Sequence[SignIn]:
    return session.scalars(
        select(SignIn)
        .where(SignIn.member_id == member.id)
        .order_by(SignIn.seen_at.desc())
        .limit(100)
    ).all()


def tokens_of(member: Member) -> Sequence[ApiToken]:
    return session.scalars(
        select(ApiToken).where(ApiToken.member_id == member.id).order_by(ApiToken.id).limit(100)
    ).all()


def address_row_of(member: Member) -> EmailAddress | None:
    """Where mail for the member goes: the address confirmed first."""
    return session.scalar(
        select(EmailAddress)
        .where(EmailAddress.member_id == member.id, EmailAddress.confirmed_at.is_not(None))
        .order_by(EmailAddress.id)
        .limit(1)
    )


def address_of(member: Member) -> str | None:
    row = address_row_of(member)
    return row.address if row else None


def has_administrator() -> bool:
    administrators = (
        select(SiteRole.id)
        .join(Member, Member.id == SiteRole.member_id)
        .where(SiteRole.role == Role.ADMINISTRATOR, Member.state == MemberState.ACTIVE)
    )
    return session.scalar(administrators.limit(1)) is not None
