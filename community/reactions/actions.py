"""Giving a reaction and taking it back."""

from typing import Any

from sqlalchemy import delete, func, select, update

from community import clock
from community.database import action, session
from community.events import emit
from community.policy import authorize
from community.reactions.events import ReactionGiven, ReactionWithdrawn
from community.reactions.models import Reaction, ReactionKind
from community.sending import insert_once
from community.subjects import subject_ref
from community.viewer import Viewer


@action
def react(subject: Any, kind: ReactionKind, *, by: Viewer) -> None:
    """React to the subject. Doing it twice changes nothing."""
    authorize(by, "reaction.give", subject)
    subject_kind, subject_id = subject_ref(subject)
    given = insert_once(
        Reaction,
        subject_kind=subject_kind,
        subject_id=subject_id,
        member_id=by.member_id,
        kind=kind,
        at=clock.now(),
    )
    if given:
        _recount(subject)
        emit(ReactionGiven(**_about(subject, kind, by)))


@action
def withdraw_reaction(subject: Any, kind: ReactionKind, *, by: Viewer) -> None:
    """Take the reaction back. Taking back what was not given changes nothing."""
    authorize(by, "reaction.withdraw", subject)
    subject_kind, subject_id = subject_ref(subject)
    taken = session.execute(
        delete(Reaction).where(
            Reaction.subject_kind == subject_kind,
            Reaction.subject_id == subject_id,
            Reaction.member_id == by.member_id,
            Reaction.kind == kind,
        )
    )
    if taken.rowcount:  # type: ignore[attr-defined]
        _recount(subject)
        emit(ReactionWithdrawn(**_about(subject, kind, by)))


def _recount(subject: Any) -> None:
    """Set the count, where the subject keeps one for its lists, from the rows themselves."""
    model = type(subject)
    if not hasattr(model, "reaction_count"):
        return
    kind, subject_id = subject_ref(subject)
    rows = (
        select(func.count())
        .select_from(Reaction)
        .where(Reaction.subject_kind == kind, Reaction.subject_id == subject_id)
    )
    # Held before it is counted: a count begun while another waits to commit would not see theirs.
    session.execute(select(model.id).where(model.id == subject_id).with_for_update(key_share=True))
    session.execute(
        update(model)
        .where(model.id == subject_id)
        .values(reaction_count=rows.scalar_subquery(), version=model.version + 1)
    )


def _about(subject: Any, kind: ReactionKind, by: Viewer) -> dict[str, Any]:
    subject_kind, subject_id = subject_ref(subject)
    return {
        "actor_id": by.member_id,
        "space_id": subject.space_id,
        "audience_id": subject.audience_id,
        "reaction": str(kind),
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "to_member_id": subject.author_id,
    }
