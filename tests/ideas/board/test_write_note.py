"""Staff notes: a thread of their own, for employees who see the board."""

import pytest
from sqlalchemy import select

from community.audiences import Level, set_grant
from community.database import session, write_transaction
from community.errors import Forbidden, NotFound
from community.policy import find_visible
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.threads.models import Post, Thread
from ideas.board.actions import write_note
from ideas.board.queries import notes_on
from tests.conftest import sign_in
from tests.ideas.proposals import propose


def test_colleagues_read_each_others_notes(app, cast):
    idea = propose(cast)
    write_note(idea, prepare("First"), by=cast.viewer("eve"))
    write_note(idea, prepare("Second"), by=cast.viewer("pam"))
    assert [note.text.source for note in notes_on(idea, cast.viewer("max"))] == ["First", "Second"]
    assert len(session.scalars(select(Thread).where(Thread.purpose == "notes")).all()) == 1


def test_no_customer_reads_or_writes_them_not_even_one_who_moderates(app, cast):
    idea = propose(cast)
    with write_transaction():
        set_grant(idea.space.audience, Level.MODERATE, member=cast.mo)
    note = write_note(idea, prepare("Renewal at risk"), by=cast.viewer("eve"))
    for name in ("ada", "mo", "visitor"):
        assert notes_on(idea, cast.viewer(name)) == []
        with pytest.raises(NotFound):
            find_visible(Post, note.public_id, cast.viewer(name))
    with pytest.raises(Forbidden):
        write_note(idea, prepare("Mine"), by=cast.viewer("mo"))
    with pytest.raises(NotFound):
        write_post(note.thread, prepare("Mine"), by=cast.viewer("mo"))


def test_notes_are_no_comments(app, cast):
    idea = propose(cast)
    write_note(idea, prepare("Quiet"), by=cast.viewer("eve"))
    assert idea.thread.post_count == 0


def test_the_page_shows_them_to_employees_alone(client, cast):
    idea = propose(cast)
    url = f"/ideas/{idea.public_id}"
    sign_in(client, cast.eve)
    assert client.post(f"{url}/notes", data={"note": "Renewal at risk"}).status_code == 303
    assert "Renewal at risk" in client.get(url).text
    client.post("/sign-out")
    page = sign_in(client, cast.ada).get(url).text
    assert "Renewal at risk" not in page and "Staff notes" not in page
    assert client.post(f"{url}/notes", data={"note": "Mine"}).status_code == 403


def test_an_empty_note_is_refused(client, cast):
    sign_in(client, cast.eve)
    answer = client.post(f"/ideas/{propose(cast).public_id}/notes", data={"note": " "})
    assert answer.status_code == 422
