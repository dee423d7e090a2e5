"""Proposing, changing and taking away ideas, and the notes of staff beside them."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from community.audiences import narrow
from community.database import action, session
from community.errors import Conflict
from community.events import emit
from community.groups.models import Group
from community.policy import authorize
from community.spaces.models import Space
from community.subjects import State
from community.texts.actions import (
    change_text,
    discard_draft,
    note_submission,
    store_text,
    take_submission,
)
from community.texts.preparation import Prepared
from community.texts.titles import check_title, slug_of
from community.threads.actions import add_post, add_with_thread, open_thread, set_thread_state
from community.threads.models import Post, Thread
from community.versions import touch, touch_subject
from community.viewer import Viewer
from ideas.board.events import (
    IdeaEdited,
    IdeaProposed,
    IdeaRemoved,
    IdeaRestored,
    IdeaWithdrawn,
)
from ideas.board.models import SUBJECT, Idea
from ideas.board.queries import NOTES, notes_thread, threads_of
from ideas.board.statuses import Status
from ideas.voting.queries import voters_besides


@action
def propose_idea(
    space: Space, title: str, text: Prepared, *, by: Viewer, submission: str = ""
) -> Idea:
    """Put an idea on the board. Sending the same form twice gives the first idea again."""
    authorize(by, "idea.propose", space)
    sent = take_submission(submission, by=by)
    if sent and sent.subject_kind == SUBJECT:
        return session.get_one(Idea, sent.subject_id)
    assert by.member_id
    title = check_title(title)
    idea = _store(space, title, text, by.member_id)
    emit(IdeaProposed(**about(idea, by), thread_id=idea.thread_id or 0))
    touch("space", idea.space_id)
    note_submission(submission, SUBJECT, idea.id, by=by)
    discard_draft(by.member_id, f"idea:{space.slug}")
    return idea


def _store(space: Space, title: str, text: Prepared, author_id: int) -> Idea:
    stored = store_text(text, author_id=author_id, title=title)
    idea = Idea(
        space_id=space.id,
        audience_id=space.audience_id,
        author_id=author_id,
        text_id=stored,
        title=title,
        slug=slug_of(title),
    )
    add_with_thread(SUBJECT, idea)
    idea.status_at = idea.created_at
    return idea


@action
def edit_idea(idea: Idea, title: str, text: Prepared, *, by: Viewer, base: int) -> None:
    """Change title and text. `base` is the revision the editor began with."""
    authorize(by, "idea.edit", idea)
    if base != idea.text.revision:
        raise Conflict(
            _("This idea was changed while you were editing. Compare, and send yours again.")
        )
    idea.title = check_title(title)
    idea.slug = slug_of(idea.title)
    change_text(idea.text, text, by=by, title=idea.title)
    touch_subject(idea)
    emit(IdeaEdited(**about(idea, by), author_id=idea.author_id, revision=idea.text.revision))


@action
def withdraw_idea(idea: Idea, *, by: Viewer) -> None:
    """Let the author take it away, as long as nobody else has voted for it."""
    authorize(by, "idea.withdraw", idea)
    others = voters_besides(idea.author_id, idea)
    if others:
        raise Conflict(
            ngettext(
                "%(num)d other person has voted for this idea, so it stays.",
                "%(num)d other people have voted for this idea, so it stays.",
                others,
            )
        )
    _take_away(idea, Status.WITHDRAWN)
    emit(IdeaWithdrawn(**about(idea, by), author_id=idea.author_id))


@action
def remove_idea(idea: Idea, *, by: Viewer) -> None:
    """Take it away as a moderator; it can be restored with its votes and comments."""
    authorize(by, "idea.remove", idea)
    _take_away(idea, Status.REMOVED)
    emit(IdeaRemoved(**about(idea, by), author_id=idea.author_id))


@action
def restore_idea(idea: Idea, *, by: Viewer) -> None:
    """Bring it back with the status it had when it was taken away."""
    authorize(by, "idea.restore", idea)
    idea.status = idea.change.to_status if idea.change else Status.NEW
    _set_state(idea, State.PUBLISHED)
    emit(IdeaRestored(**about(idea, by), author_id=idea.author_id))


def _take_away(idea: Idea, status: Status) -> None:
    idea.status = status
    _set_state(idea, State.DELETED)


def _set_state(idea: Idea, state: State) -> None:
    """Comments and notes go and come back with the idea."""
    idea.state = state
    for thread in threads_of(idea):
        set_thread_state(thread, state)
    touch_subject(idea)


@action
def write_note(idea: Idea, text: Prepared, *, by: Viewer) -> Post:
    """Write a staff note: a second thread, which only employees who see the board can read."""
    authorize(by, "idea.note", idea)
    assert by.member_id
    written = add_post(_notes_of(idea), text, author_id=by.member_id)
    return session.get_one(Post, written.id)


def _notes_of(idea: Idea) -> Thread:
    """The notes' thread, opened with the first note; the row's lock keeps it one."""
    session.execute(select(Idea.id).where(Idea.id == idea.id).with_for_update())
    found = notes_thread(idea)
    if found:
        return found
    employees = session.scalars(select(Group).where(Group.key == "segment:employee")).one()
    thread = open_thread(SUBJECT, idea, space_id=idea.space_id, purpose=NOTES)
    thread.audience_id = narrow(idea.space.audience, [employees]).id
    session.flush()
    return thread


def about(idea: Idea, by: Viewer) -> dict[str, Any]:
    return {
        "actor_id": by.member_id,
        "space_id": idea.space_id,
        "audience_id": idea.audience_id,
        "idea_id": idea.id,
    }
