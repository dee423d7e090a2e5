"""Flagging, deciding, appealing. Every decision stands in the audit log."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from community import audit, clock
from community.database import action, session
from community.errors import Conflict, Invalid, NotFound
from community.events import emit
from community.moderation.events import (
    AppealDecided,
    CaseDecided,
    DecisionAppealed,
    SubjectFlagged,
)
from community.moderation.models import Appeal, Case, Decision, Flag, Reason
from community.moderation.visibility import hide_subject, show_subject
from community.policy import authorize
from community.sending import insert_once
from community.subjects import State, subject_at, subject_ref
from community.texts.preparation import check_storable
from community.viewer import Viewer

HIDE_AT = 3
NOTE_LENGTH = 500


@action
def flag_subject(subject: Any, reason: Reason, *, by: Viewer, note: str = "") -> Case:
    """Tell the moderators. Flagging again changes nothing; the third flag hides the subject."""
    authorize(by, "subject.flag", subject)
    note = _checked(note, "note", NOTE_LENGTH)
    case = _open_case(subject)
    fresh = insert_once(
        Flag, case_id=case.id, member_id=by.member_id, reason=reason, note=note, at=clock.now()
    )
    if not fresh:
        return case
    case.flag_count = Case.flag_count + 1
    session.flush()
    hides = case.flag_count >= HIDE_AT and not case.hidden_by_flags
    if hides:
        case.hidden_by_flags = True
        hide_subject(subject, by=by)
    kind, key = subject_ref(subject)
    emit(
        SubjectFlagged(
            actor_id=by.member_id,
            space_id=subject.space_id,
            audience_id=subject.audience_id,
            case_id=case.id,
            subject_kind=kind,
            subject_id=key,
            reason=reason,
            hid=hides,
        )
    )
    return case


def _open_case(subject: Any) -> Case:
    kind, key = subject_ref(subject)
    find = select(Case).where(
        Case.subject_kind == kind, Case.subject_id == key, Case.decided_at.is_(None)
    )
    known = session.scalar(find)
    if known:
        return known
    case = Case(
        subject_kind=kind,
        subject_id=key,
        audience_id=subject.audience_id,
        author_id=subject.author_id,
    )
    session.add(case)
    session.flush()
    return case


@action
def decide_case(case: Case, decision: Decision, *, by: Viewer, note: str = "") -> None:
    """Uphold the flags, which takes the subject out of sight, or reject them, which brings it back.

    Of two moderators at once one decides; the other is told who did.
    """
    authorize(by, "case.decide", case)
    note = _checked(note, "note", 1000)
    decided = session.execute(
        update(Case)
        .where(Case.id == case.id, Case.decided_at.is_(None))
        .values(decision=decision, note=note, decided_by_id=by.member_id, decided_at=clock.now())
    )
    if decided.rowcount == 0:  # type: ignore[attr-defined]
        raise Conflict(_("This case was decided meanwhile."))
    session.refresh(case)
    subject = _subject_of(case)
    before = subject.state
    change = hide_subject if decision == Decision.UPHELD else show_subject
    change(subject, by=by)
    audit.record(
        by,
        f"flags.{decision}",
        (case.subject_kind, case.subject_id),
        before={"state": before},
        after={"state": subject.state},
        reason=note,
    )
    emit(
        CaseDecided(
            actor_id=by.member_id,
            space_id=subject.space_id,
            audience_id=case.audience_id,
            case_id=case.id,
            subject_kind=case.subject_kind,
            subject_id=case.subject_id,
            decision=decision,
        )
    )


@action
def appeal_decision(subject: Any, text: str, *, by: Viewer) -> None:
    """Object, once, to what was decided about one's own words."""
    authorize(by, "case.appeal", subject)
    text = _checked(text, "text", 2000, required=True)
    case = last_case(subject)
    if case is None or case.decision != Decision.UPHELD or subject.state != State.HIDDEN:
        raise Conflict(_("There is no decision to object to."))
    if not insert_once(Appeal, case_id=case.id, text=text, at=clock.now(), answer=""):
        raise Conflict(_("You have objected to this decision already."))
    emit(
        DecisionAppealed(
            actor_id=by.member_id,
            space_id=subject.space_id,
            audience_id=case.audience_id,
            case_id=case.id,
        )
    )


@action
def decide_appeal(case: Case, *, granted: bool, by: Viewer, answer: str = "") -> None:
    """Look again: granting the appeal brings the subject back."""
    authorize(by, "appeal.decide", case)
    answer = _checked(answer, "answer", 1000)
    decided = session.execute(
        update(Appeal)
        .where(Appeal.case_id == case.id, Appeal.decided_at.is_(None))
        .values(granted=granted, answer=answer, decided_by_id=by.member_id, decided_at=clock.now())
    )
    if decided.rowcount == 0:  # type: ignore[attr-defined]
        raise Conflict(_("This appeal was decided meanwhile."))
    subject = _subject_of(case)
    if granted:
        show_subject(subject, by=by)
    audit.record(
        by,
        "appeal.granted" if granted else "appeal.refused",
        (case.subject_kind, case.subject_id),
        reason=answer,
    )
    emit(
        AppealDecided(
            actor_id=by.member_id,
            space_id=subject.space_id,
            audience_id=case.audience_id,
            case_id=case.id,
            granted=granted,
        )
    )


def last_case(subject: Any) -> Case | None:
    kind, key = subject_ref(subject)
    return session.scalar(
        select(Case)
        .where(Case.subject_kind == kind, Case.subject_id == key)
        .order_by(Case.id.desc())
        .limit(1)
    )


def _subject_of(case: Case) -> Any:
    subject = subject_at(case.subject_kind, case.subject_id)
    if subject is None:
        raise NotFound
    return subject


def _checked(text: str, field: str, most: int, *, required: bool = False) -> str:
    check_storable(text)
    text = text.strip()
    if required and not text:
        raise Invalid({field: _("Please say why.")})
    if len(text) > most:
        raise Invalid({field: _("At most %(most)s characters are taken.", most=most)})
    return text
