"""Ideas as a viewer finds them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from community.audiences import Level
from community.database import session
from community.errors import NotFound
from community.keeping.alike import ask
from community.policy import visible
from community.spaces.models import Space, SpaceKind
from community.spaces.queries import find_space, spaces_for
from community.subjects import State
from community.texts.models import Text
from community.threads.models import Post, Thread
from community.viewer import Viewer
from ideas.board.models import SUBJECT, Idea
from ideas.board.statuses import Category, Status, statuses_in
from ideas.review.models import Response, StatusChange

NOTES = "notes"
NOTES_SHOWN = 50


def find_board(slug: str, viewer: Viewer) -> Space:
    return find_space(slug, viewer, SpaceKind.BOARD)


def boards_for(viewer: Viewer) -> Sequence[Space]:
    return spaces_for(viewer, SpaceKind.BOARD)


def boards_open_to(viewer: Viewer) -> Sequence[Space]:
    """The boards on which the viewer may propose."""
    if viewer.member is None or viewer.silenced:
        return []
    return [
        board
        for board in boards_for(viewer)
        if not board.archived_at and viewer.level(board.audience_id) >= Level.CREATE
    ]


def readable_ideas(viewer: Viewer) -> Select[Idea]:
    """All that the viewer can read, with what a row of a list shows."""
    return (
        select(Idea)
        .where(visible(Idea, viewer))
        .options(
            joinedload(Idea.space),
            joinedload(Idea.text).load_only(Text.plain, Text.language),
            joinedload(Idea.thread),
            joinedload(Idea.change).joinedload(StatusChange.release),
        )
    )


def find_idea(public_id: str, viewer: Viewer) -> Idea:
    """With everything its own page shows of it; raise `NotFound` as for one that never was."""
    found = session.scalar(
        select(Idea)
        .where(Idea.public_id == public_id, visible(Idea, viewer))
        .options(
            joinedload(Idea.author),
            joinedload(Idea.space),
            joinedload(Idea.text),
            joinedload(Idea.thread),
            joinedload(Idea.change).joinedload(StatusChange.release),
            joinedload(Idea.response).options(
                joinedload(Response.text), joinedload(Response.author)
            ),
        )
    )
    if found is None:
        raise NotFound
    return found


def ideas_among(ids: Sequence[int], viewer: Viewer) -> list[Idea]:
    """Those of these ideas that the viewer can read, in the order given."""
    found = {
        idea.id: idea for idea in session.scalars(readable_ideas(viewer).where(Idea.id.in_(ids)))
    }
    return [found[key] for key in ids if key in found]


@dataclass(frozen=True)
class Tally:
    """How many ideas there are in each category, on one board or on all."""

    by_category: dict[Category, int]

    @property
    def total(self) -> int:
        return sum(self.by_category.values())

    def __getitem__(self, category: Category) -> int:
        return self.by_category.get(category, 0)


def count_ideas(viewer: Viewer) -> dict[int, dict[Status, int]]:
    """By board and status, of those that everybody who sees the board can read."""
    counted: dict[int, dict[Status, int]] = {}
    for space_id, status, count in ask(viewer, "ideas.counts", _count_ideas):
        counted.setdefault(space_id, {})[Status(status)] = count
    return counted


def _count_ideas(viewer: Viewer) -> Select[int, Status, int]:
    return (
        select(Idea.space_id, Idea.status, func.count())
        .where(visible(Idea, viewer), Idea.state == State.PUBLISHED)
        .group_by(Idea.space_id, Idea.status)
    )


def tally_of(counts: Sequence[dict[Status, int]]) -> Tally:
    return Tally(
        {
            category: sum(one.get(status, 0) for one in counts for status in statuses_in(category))
            for category in Category
        }
    )


def threads_of(idea: Idea) -> Sequence[Thread]:
    """Its comments and its notes."""
    return session.scalars(
        select(Thread).where(Thread.subject_kind == SUBJECT, Thread.subject_id == idea.id)
    ).all()


def notes_thread(idea: Idea) -> Thread | None:
    return session.scalar(
        select(Thread).where(
            Thread.subject_kind == SUBJECT, Thread.subject_id == idea.id, Thread.purpose == NOTES
        )
    )


def notes_on(idea: Idea, viewer: Viewer) -> Sequence[Post]:
    """The last staff notes that the viewer can read, oldest first."""
    if not viewer.is_employee:
        return []
    newest = session.scalars(
        select(Post)
        .join(Thread, Thread.id == Post.thread_id)
        .where(
            Thread.subject_kind == SUBJECT,
            Thread.subject_id == idea.id,
            Thread.purpose == NOTES,
            visible(Post, viewer),
        )
        .options(joinedload(Post.author), joinedload(Post.text))
        .order_by(Post.number.desc())
        .limit(NOTES_SHOWN)
    ).all()
    return newest[::-1]
