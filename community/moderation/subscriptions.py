"""Flaggers and authors are told; ideas, pages and articles leave the index with their sight."""

from sqlalchemy import select

from community.database import session
from community.events import Happened
from community.moderation.events import (
    AppealDecided,
    CaseDecided,
    SubjectFlagged,
    SubjectHidden,
    SubjectRestored,
)
from community.moderation.models import Case, Decision, Flag
from community.moderation.notices import (
    APPEAL_GRANTED,
    APPEAL_REFUSED,
    FLAG_REJECTED,
    FLAG_UPHELD,
    HIDDEN,
)
from community.notifications.kinds import NoticeKind
from community.notifications.telling import tell
from community.search.subscriptions import reindexed_by
from community.subjects import subject_at


def tell_those_concerned(happened: Happened) -> None:
    """Each flagger hears the decision, the author that their words went out of sight."""
    event: CaseDecided = happened.event
    upheld = event.decision == Decision.UPHELD
    flaggers = session.scalars(select(Flag.member_id).where(Flag.case_id == event.case_id))
    reasons = dict.fromkeys(flaggers, FLAG_UPHELD if upheld else FLAG_REJECTED)
    case = session.get(Case, event.case_id)
    if case and upheld:
        reasons[case.author_id] = HIDDEN
    if case:
        _tell(happened, case, reasons)


def tell_author_of_hiding(happened: Happened) -> None:
    event: SubjectFlagged = happened.event
    case = session.get(Case, event.case_id)
    if event.hid and case:
        _tell(happened, case, {case.author_id: HIDDEN})


def tell_of_appeal(happened: Happened) -> None:
    event: AppealDecided = happened.event
    case = session.get(Case, event.case_id)
    if case:
        _tell(happened, case, {case.author_id: APPEAL_GRANTED if event.granted else APPEAL_REFUSED})


def _tell(happened: Happened, case: Case, reasons: dict[int, NoticeKind]) -> None:
    """Nobody learns who decided; a flagger who may no longer read it still hears the decision."""
    subject = subject_at(case.subject_kind, case.subject_id)
    if subject is None:
        return
    tell(
        reasons,
        event_id=happened.id,
        subject=(case.subject_kind, case.subject_id),
        audience_id=case.audience_id,
        actor_id=None,
        at=happened.at,
    )


SUBSCRIPTIONS = {
    CaseDecided: [tell_those_concerned],
    SubjectFlagged: [tell_author_of_hiding],
    AppealDecided: [tell_of_appeal],
    **reindexed_by(
        dict.fromkeys(
            (SubjectHidden, SubjectRestored),
            lambda event: [(event.subject_kind, event.subject_id)],
        )
    ),
}
