"""Deciding on ideas, taking a decision back, and answering officially."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from community import clock
from community.database import action, session
from community.errors import Conflict
from community.events import emit
from community.policy import authorize
from community.texts.actions import belongs_to, store_text
from community.texts.preparation import Prepared
from community.versions import touch
from community.viewer import SYSTEM, Viewer
from ideas.board.models import SUBJECT, Idea
from ideas.board.statuses import STATUSES, Category, Need, Status
from ideas.releases.actions import plan_release, publish_release
from ideas.releases.models import Release
from ideas.review.decisions import Decision, check_decision
from ideas.review.events import IdeaAnswered, IdeaStatusChanged, IdeaStatusChangeUndone
from ideas.review.models import Response, StatusChange

UNDONE_WITHIN = timedelta(minutes=10)
ANSWERED_WITHIN = timedelta(days=30)


@action
def change_status(idea: Idea, decision: Decision, *, by: Viewer) -> StatusChange:
    """Move the idea as the table of statuses allows.

    Raise `Conflict` for a move that it does not have, `Invalid` for what the new status needs and
    the decision lacks.
    """
    authorize(by, "idea.decide", idea)
    if not idea.status_kind.may_become(decision.to):
        raise Conflict(
            _(
                "An idea that is “%(now)s” cannot become “%(wanted)s”.",
                now=idea.status_kind.label,
                wanted=STATUSES[decision.to].label,
            )
        )
    before = idea.change
    check_decision(decision, known_release=bool(before and before.release_id))
    change = _record(idea, decision, by, before)
    _move(idea, change, Status(change.from_status))
    return change


def _record(
    idea: Idea, decision: Decision, by: Viewer, before: StatusChange | None
) -> StatusChange:
    release = _release(idea, decision, by, before)
    dated = bool(decision.release or decision.quarter or decision.undated)
    carried = before if before and STATUSES[decision.to].category != Category.OPEN else None
    response = _answer(idea, decision.reason, by) if decision.reason else None
    change = StatusChange(
        idea_id=idea.id,
        from_status=idea.status,
        to_status=decision.to,
        actor_id=by.member_id,
        at=clock.now(),
        response_id=response.id if response else None,
        release_id=release.id if release else None,
        quarter=decision.quarter if dated else carried.quarter if carried else "",
        undated=decision.undated if dated else bool(carried and carried.undated),
        revisit_on=decision.revisit_on if Need.REVISIT in decision.needs else None,
        link=decision.link,
        outcome=decision.outcome.strip(),
    )
    session.add(change)
    session.flush()
    return change


def _release(
    idea: Idea, decision: Decision, by: Viewer, before: StatusChange | None
) -> Release | None:
    """The release that is named now, else the one promised before; shipping says that it is out."""
    release = None
    if decision.release:
        release = plan_release(idea.space, decision.release, by=by)
    elif before and not (decision.quarter or decision.undated):
        open_again = STATUSES[decision.to].category == Category.OPEN
        release = None if open_again else before.release
    if release and decision.to == Status.SHIPPED:
        publish_release(release, by=by)
    return release


def _move(idea: Idea, change: StatusChange, from_status: Status) -> None:
    """Only from the status that was decided on: of two decisions at once, one is refused."""
    moved = session.execute(
        update(Idea)
        .where(Idea.id == idea.id, Idea.status == from_status)
        .values(
            status=change.to_status,
            status_at=change.at,
            change_id=change.id,
            version=Idea.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount == 0:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has just decided on this idea. Look at it again."))
    session.refresh(idea)
    touch("space", idea.space_id)
    about = _about(idea, change.actor_id, change)
    emit(IdeaStatusChanged(**about, response_id=change.response_id))


def _about(idea: Idea, actor_id: int | None, change: StatusChange) -> dict[str, Any]:
    return {
        "actor_id": actor_id,
        "space_id": idea.space_id,
        "audience_id": idea.audience_id,
        "idea_id": idea.id,
        "change_id": change.id,
        "from_status": change.from_status,
        "to_status": change.to_status,
    }


@action
def undo_status_change(idea: Idea, *, by: Viewer) -> None:
    """Take the last move back, for ten minutes; nobody has been told of it by then."""
    authorize(by, "idea.decide", idea)
    change = idea.change
    if change is None or clock.now() - change.at > UNDONE_WITHIN:
        raise Conflict(_("There is no decision of the last ten minutes to take back."))
    change.undone_at, change.undone_by_id = clock.now(), by.member_id
    session.flush()
    before = _last_change(idea)
    idea.status = change.from_status
    idea.status_at = before.at if before else idea.created_at
    idea.change_id = before.id if before else None
    if change.response_id is not None and idea.response_id == change.response_id:
        idea.response_id = _last_response(idea, change.response_id)
    idea.version = Idea.version + 1
    session.flush()
    touch("space", idea.space_id)
    emit(IdeaStatusChangeUndone(**_about(idea, by.member_id, change)))


def _last_change(idea: Idea) -> StatusChange | None:
    return session.scalar(
        select(StatusChange)
        .where(StatusChange.idea_id == idea.id, StatusChange.undone_at.is_(None))
        .order_by(StatusChange.id.desc())
        .limit(1)
    )


def _last_response(idea: Idea, undone_id: int) -> int | None:
    """The answer that stood before; those of undone moves do not count."""
    undone = select(StatusChange.response_id).where(
        StatusChange.idea_id == idea.id,
        StatusChange.undone_at.is_not(None),
        StatusChange.response_id.is_not(None),
    )
    return session.scalar(
        select(Response.id)
        .where(Response.idea_id == idea.id, Response.id.not_in(undone), Response.id < undone_id)
        .order_by(Response.id.desc())
        .limit(1)
    )


@action
def respond(idea: Idea, text: Prepared, *, by: Viewer) -> Response:
    """Give the official answer; the one before stays in the history."""
    authorize(by, "idea.answer", idea)
    response = _answer(idea, text, by)
    idea.version = Idea.version + 1
    session.flush()
    touch("space", idea.space_id)
    return response


def _answer(idea: Idea, text: Prepared, by: Viewer) -> Response:
    assert by.member_id
    stored = store_text(text, author_id=by.member_id)
    belongs_to(stored, SUBJECT, idea.id)
    response = Response(idea_id=idea.id, text_id=stored, author_id=by.member_id, at=clock.now())
    session.add(response)
    session.flush()
    idea.response_id = response.id
    emit(
        IdeaAnswered(
            actor_id=by.member_id,
            space_id=idea.space_id,
            audience_id=idea.audience_id,
            idea_id=idea.id,
            response_id=response.id,
            author_id=idea.author_id,
        )
    )
    return response


@action
def return_unanswered(idea: Idea) -> None:
    """Nobody answered the question within thirty days: look at the idea as it is."""
    change_status(idea, Decision(Status.UNDER_REVIEW), by=SYSTEM)
