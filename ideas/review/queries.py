"""The history of an idea, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from community import clock
from community.database import session
from community.notifications.kinds import NoticeKind
from community.notifications.recipients import can_read
from community.subjects import State
from community.watching.levels import levels_of_all, references_of
from community.watching.models import WatchLevel
from ideas.board.models import SUBJECT, Idea
from ideas.board.statuses import Status
from ideas.review.actions import ANSWERED_WITHIN, UNDONE_WITHIN
from ideas.review.models import Response, StatusChange
from ideas.review.notices import Telling
from ideas.voting.models import Vote

AT_ONCE = 200


@dataclass(frozen=True)
class Entry:
    """A move, an answer, or a move with the answer that was its reason."""

    at: datetime
    change: StatusChange | None
    response: Response | None


def history_of(idea: Idea) -> list[Entry]:
    """What was decided and said, the newest first; what was undone is left out."""
    if idea.change_id is None and idea.response_id is None:
        return []
    moves = aliased(
        StatusChange, select(StatusChange).where(StatusChange.idea_id == idea.id).subquery()
    )
    answers = aliased(Response, select(Response).where(Response.idea_id == idea.id).subquery())
    rows = session.execute(
        select(moves, answers)
        .join_from(moves, answers, moves.response_id == answers.id, full=True)
        .where(moves.undone_at.is_(None))
        .options(
            joinedload(moves.actor),
            joinedload(moves.release),
            joinedload(answers.text),
            joinedload(answers.author),
        )
        .order_by(func.coalesce(moves.at, answers.at).desc(), moves.id.desc(), answers.id.desc())
        .limit(AT_ONCE)
    )
    return [Entry(move.at if move else answer.at, move, answer) for move, answer in rows]


def can_be_undone(idea: Idea) -> bool:
    return idea.change is not None and clock.now() - idea.change.at <= UNDONE_WITHIN


def is_part_of_a_move(response_id: int) -> bool:
    moved = select(StatusChange.id).where(StatusChange.response_id == response_id)
    return session.scalar(moved) is not None


def those_who_hear(idea: Idea, telling: Telling, *, besides: int | None) -> dict[int, NoticeKind]:
    """Member and kind: the author, and those who voted for it or watch it.

    Who muted it, did it themselves or can no longer read it hears nothing.
    """
    levels = levels_of_all(references_of(SUBJECT, idea.id, idea.space_id))
    heard: dict[int, NoticeKind] = {}
    if telling.others:
        voters = session.scalars(select(Vote.member_id).where(Vote.idea_id == idea.id))
        watchers = (one for one, level in levels.items() if level == WatchLevel.WATCHING)
        heard = dict.fromkeys([*voters, *watchers], telling.others)
    heard[idea.author_id] = telling.author
    return {
        member_id: kind
        for member_id, kind in heard.items()
        if member_id != besides
        and levels.get(member_id) != WatchLevel.MUTED
        and can_read(member_id, idea)
    }


def waiting_too_long() -> Sequence[Idea]:
    """Ideas whose author was asked something thirty days ago and more."""
    return session.scalars(
        select(Idea)
        .where(
            Idea.status == Status.NEEDS_INFO,
            Idea.state == State.PUBLISHED,
            Idea.status_at < clock.now() - ANSWERED_WITHIN,
        )
        .order_by(Idea.id)
        .limit(AT_ONCE)
    ).all()


def quarters_ahead(count: int = 6) -> list[str]:
    """This quarter and the next ones, e.g. "2027-Q1"."""
    today = clock.now()
    first = today.year * 4 + (today.month - 1) // 3
    return [f"{number // 4}-Q{number % 4 + 1}" for number in range(first, first + count)]
