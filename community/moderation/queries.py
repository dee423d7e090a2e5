"""Cases, as those who decide them see them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from community.database import session
from community.moderation.models import Appeal, Case, Flag
from community.pagination import Key, Page, page_by_key
from community.policy import visible
from community.viewer import Viewer


def open_cases(viewer: Viewer, *, token: str | None = None) -> Page[Case]:
    """What waits for a decision, the oldest first."""
    cases = select(Case).where(visible(Case, viewer), Case.decided_at.is_(None))
    return _paged(cases, token, descending=False)


def decided_cases(viewer: Viewer, *, token: str | None = None) -> Page[Case]:
    cases = select(Case).where(visible(Case, viewer), Case.decided_at.is_not(None))
    return _paged(cases, token, descending=True)


def appealed_cases(viewer: Viewer, *, token: str | None = None) -> Page[Case]:
    open_appeals = select(Appeal.case_id).where(Appeal.decided_at.is_(None))
    cases = select(Case).where(visible(Case, viewer), Case.id.in_(open_appeals))
    return _paged(cases, token, descending=False)


def _paged(cases, token: str | None, *, descending: bool) -> Page[Case]:
    keys = [
        Key(Case.opened_at, lambda case: case.opened_at, descending=descending),
        Key(Case.public_id, lambda case: case.public_id, descending=descending),
    ]
    return page_by_key(cases.options(joinedload(Case.author)), keys, token=token)


def waiting_count(viewer: Viewer) -> int:
    if not viewer.moderated:
        return 0
    waiting = select(func.count()).where(visible(Case, viewer), Case.decided_at.is_(None))
    return session.scalar(waiting) or 0


def flags_of(case: Case) -> Sequence[Flag]:
    return session.scalars(
        select(Flag)
        .where(Flag.case_id == case.id)
        .options(joinedload(Flag.member))
        .order_by(Flag.id)
    ).all()


def earlier_cases(case: Case, viewer: Viewer) -> Sequence[Case]:
    """The author's earlier cases that this moderator may see."""
    return session.scalars(
        select(Case)
        .where(visible(Case, viewer), Case.author_id == case.author_id, Case.id != case.id)
        .order_by(Case.id.desc())
        .limit(10)
    ).all()


def appeal_of(case: Case) -> Appeal | None:
    return session.get(Appeal, case.id)
