"""Changing pages, alone and two at once."""

import pytest
from sqlalchemy import select

from community.database import session
from community.errors import Forbidden, Invalid
from community.events import EventRow
from community.texts.merging import Stale
from community.texts.models import Revision
from community.wiki.actions import revise_page
from community.wiki.links import prepare_for
from tests.community.wiki.writing import revise, write
from tests.conftest import sign_in

URL = "/wiki/handbook/Large-imports/-/edit"


def form(text: str, base: int = 1, **more: str) -> dict[str, object]:
    return {"title": "Large imports", "text": text, "base": base, **more}


def test_each_save_is_a_revision_with_its_note(app, cast):
    page = write(cast, "Large imports")
    for number in range(3):
        revise(cast, page, f"Words {number}.", by="ben", summary="" if number else "Shorter")
    kept = session.scalars(select(Revision).where(Revision.text_id == page.text_id)).all()
    assert [(one.number, one.summary) for one in kept] == [
        (1, ""),
        (2, "Shorter"),
        (3, ""),
        (4, ""),
    ]
    assert page.shared


def test_the_same_text_again_is_no_revision(app, cast):
    page = write(cast, "Large imports", "Words.")
    revise(cast, page, "Words.")
    assert page.text.revision == 1
    said = select(EventRow).where(EventRow.name == "PageRevised")
    assert session.scalar(said) is None


def test_a_save_on_an_older_revision_is_refused(app, cast):
    page = write(cast, "Large imports")
    revise(cast, page, "Ben's words.")
    with pytest.raises(Stale):
        ada = cast.viewer("ada")
        revise_page(page, prepare_for(page.space, "Ada's words."), by=ada, base=1)
    assert page.text.source == "Ben's words."


def test_a_visitor_changes_nothing_and_an_overlong_note_is_named(app, cast):
    page = write(cast, "Large imports")
    with pytest.raises(Invalid) as refusal:
        revise(cast, page, "Other words.", summary="x" * 201)
    assert refusal.value.field == "summary"
    page.space.archived_at = page.created_at
    session.commit()
    with pytest.raises(Forbidden):
        revise(cast, page, "Other words.", by="al")


def test_two_who_change_different_lines_are_put_together(client, cast):
    page = write(cast, "Large imports", "One.\n\nTwo.\n\nThree.")
    revise(cast, page, "One.\n\nTwo.\n\nThree, says Ben.")
    sign_in(client, cast.ada)
    answer = client.post(URL, data=form("One, says Ada.\r\n\r\nTwo.\r\n\r\nThree."))
    assert answer.status_code == 303
    session.refresh(page.text)
    assert page.text.source == "One, says Ada.\n\nTwo.\n\nThree, says Ben."
    assert page.text.revision == 3


def test_two_who_change_the_same_line_see_both_and_lose_nothing(client, cast):
    page = write(cast, "Large imports", "One.\n\nTwo.")
    revise(cast, page, "One, says Ben.\n\nTwo.")
    sign_in(client, cast.ada)
    answer = client.post(URL, data=form("One, says Ada.\n\nTwo."))
    assert answer.status_code == 409
    assert "One, says Ben." in answer.text and "One, says Ada." in answer.text
    assert "<ins>Ada</ins>" in answer.text
    assert 'name="base" value="2"' in answer.text
    assert client.post(URL, data=form("One, say both.\n\nTwo.", 2)).status_code == 303


def test_a_title_that_only_others_changed_stays_theirs(client, cast):
    page = write(cast, "Large imports", "One.\n\nTwo.")
    ben = cast.viewer("ben")
    text = prepare_for(page.space, "One.\n\nTwo, says Ben.")
    revise_page(page, text, by=ben, base=1, title="Very large imports")
    sign_in(client, cast.ada)
    assert client.post(URL, data=form("One, says Ada.\n\nTwo.")).status_code == 303
    session.refresh(page)
    assert page.title == "Very large imports"


def test_another_refusal_keeps_the_revision_one_began_with(client, cast):
    page = write(cast, "Large imports", "One.\n\nTwo.")
    revise(cast, page, "One.\n\nTwo, says Ben.")
    sign_in(client, cast.ada)
    answer = client.post(URL, data=form("One, says Ada.\n\nTwo.", summary="x" * 201))
    assert answer.status_code == 422
    assert 'name="base" value="1"' in answer.text and "One, says Ada." in answer.text


@pytest.mark.parametrize("base", ["", "x", "-1", "99", "9" * 30])
def test_a_form_that_began_nowhere_overwrites_nothing(client, cast, base):
    page = write(cast, "Large imports", "One.")
    sign_in(client, cast.ben)
    answer = client.post(URL, data=form("Two.") | {"base": base})
    assert answer.status_code == 409
    session.refresh(page.text)
    assert page.text.source == "One."


def test_whoever_opens_the_form_sees_who_else_is_writing(client, cast):
    page = write(cast, "Large imports")
    sign_in(client, cast.ben)
    place = f"/drafts/page:{page.public_id}"
    assert client.put(place, data=form("Half a sentence")).status_code == 204
    assert "Half a sentence" in client.get(URL).text
    sign_in(client, cast.ada)
    assert "Ben is editing this page right now." in client.get(URL).text


def test_a_preview_knows_the_links_of_its_wiki(client, cast):
    write(cast, "Large imports")
    sign_in(client, cast.ada)
    answer = client.post(
        "/preview",
        data={"text": "[[Large imports]] and [[Nothing]]", "place": "wiki:handbook"},
        headers={"HX-Request": "true"},
    )
    assert 'href="/wiki/handbook/Large-imports"' in answer.text
    assert "page-link--missing" in answer.text
