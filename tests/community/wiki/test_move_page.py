"""Moving pages, taking them away, and bringing them back."""

import pytest
from sqlalchemy import select

from community.database import session
from community.errors import Forbidden, Invalid, NotFound
from community.texts.history import hide_revision, prepared_again, restore_revision
from community.texts.queries import find_revision
from community.wiki.actions import PathTaken
from community.wiki.care import delete_page, move_page, restore_page
from community.wiki.models import Page
from community.worker import run_jobs
from tests.community.threads.conversations import answer
from tests.community.wiki.writing import revise, write
from tests.conftest import sign_in

CANARY = "canary-77"


def test_what_stands_below_goes_along_and_old_addresses_lead_there(client, cast):
    page = write(cast, "Guides", path="guides")
    below = write(cast, "Imports", path="guides/imports")
    beside = write(cast, "Guides 2", path="guides-2")
    move_page(page, "help", by=cast.viewer("ben"))
    assert (page.path, below.path, beside.path) == ("help", "help/imports", "guides-2")
    answer = client.get("/wiki/handbook/guides/imports")
    assert (answer.status_code, answer.location) == (301, "/wiki/handbook/help/imports")
    assert client.get("/wiki/handbook/guides/-/history").status_code == 200


def test_there_and_back_leads_in_no_circle(client, cast):
    page = write(cast, "Guides", path="guides")
    for path in ("help", "guides"):
        move_page(page, path, by=cast.viewer("ben"))
    assert client.get("/wiki/handbook/guides").status_code == 200
    assert client.get("/wiki/handbook/help").location == "/wiki/handbook/guides"


def test_a_new_page_takes_an_old_address(client, cast):
    move_page(write(cast, "Guides", path="guides"), "help", by=cast.viewer("ben"))
    write(cast, "Guides again", path="guides")
    assert "Guides again" in client.get("/wiki/handbook/guides").text


def test_a_page_takes_nobody_s_place_and_not_its_own_shadow(app, cast):
    page, ben = write(cast, "Guides", path="guides"), cast.viewer("ben")
    write(cast, "Help", path="help")
    with pytest.raises(PathTaken):
        move_page(page, "HELP", by=ben)
    with pytest.raises(Invalid):
        move_page(page, "guides/below", by=ben)


def test_a_page_keeps_its_links_when_the_linked_one_moves(app, cast):
    page = write(cast, "Guides", path="guides")
    linking = write(cast, "Start", "See [[Guides]].")
    move_page(page, "help", by=cast.viewer("ben"))
    run_jobs()
    session.refresh(linking.text)
    assert 'href="/wiki/handbook/help"' in linking.text.html


def test_a_link_finds_its_page_once_that_is_written(client, cast):
    linking = write(cast, "Start", "See [[Großes Bild]].")
    assert "page-link--missing" in linking.text.html
    assert "Großes Bild" in client.get("/wiki/handbook/-/wanted").text
    write(cast, "Großes Bild")
    run_jobs()
    session.refresh(linking.text)
    assert "page-link--missing" not in linking.text.html
    assert "Start" in client.get("/wiki/handbook/Großes-Bild").text
    assert linking.text.revision == 1


def test_a_link_names_no_page_of_another_wiki(app, cast):
    write(cast, "Escalation", by="eve", wiki="playbook")
    linking = write(cast, "Start", "See [[Escalation]].")
    assert "page-link--missing" in linking.text.html
    assert "playbook" not in linking.text.html


def test_who_links_from_where_one_cannot_read_is_not_named(client, cast):
    page = write(cast, "Guides", path="guides")
    linking = write(cast, "Plans", "See [[Guides]].")
    assert "Plans" in client.get("/wiki/handbook/guides").text
    playbook = write(cast, "X", by="eve", wiki="playbook").audience_id
    linking.audience_id = playbook
    session.commit()
    client.application.extensions["front"].forget()  # nothing happened that it could have heard of
    assert "Plans" not in client.get("/wiki/handbook/guides").text
    assert page.is_published


def test_a_page_others_worked_on_is_not_its_author_s_to_delete(app, cast):
    mine, shared, talked = (write(cast, title) for title in ("Mine", "Shared", "Talked about"))
    revise(cast, shared, "Ben's words.")
    answer(cast, talked, "ben", "A comment.")
    ada = cast.viewer("ada")
    delete_page(mine, by=ada)
    for page in (shared, talked):
        with pytest.raises(Forbidden):
            delete_page(page, by=ada)
        with pytest.raises(Forbidden):
            delete_page(page, by=cast.viewer("cleo"))
        delete_page(page, by=cast.viewer("mo"))
        with pytest.raises(Forbidden):
            restore_page(page, by=ada)


def test_a_deleted_page_is_in_nobody_s_way_and_comes_back_beside(app, cast):
    first = write(cast, "Guides", path="guides")
    delete_page(first, by=cast.viewer("ada"))
    with pytest.raises(NotFound):
        restore_page(first, by=cast.viewer("ben"))
    second = write(cast, "Guides", path="guides", by="ben")
    restore_page(first, by=cast.viewer("ada"))
    assert (first.path, second.path) == ("guides-2", "guides")


def test_whoever_was_writing_keeps_their_text_when_the_page_goes(client, cast):
    page = write(cast, "Guides", path="guides")
    sign_in(client, cast.ben)
    form = {"title": "Guides", "text": "What Ben typed", "base": 1}
    move_page(page, "help", by=cast.viewer("ada"))
    moved = client.post("/wiki/handbook/guides/-/edit", data=form)
    assert moved.status_code == 409
    assert "What Ben typed" in moved.text and "moved to “help”" in moved.text
    assert 'action="/wiki/handbook/help/-/edit"' in moved.text
    delete_page(page, by=cast.viewer("ada"))
    gone = client.post("/wiki/handbook/help/-/edit", data=form)
    assert gone.status_code == 409
    assert "What Ben typed" in gone.text and 'action="/wiki/handbook/-/new"' in gone.text


def test_an_earlier_text_comes_back_as_a_new_revision_with_its_links(app, cast):
    write(cast, "Guides", path="guides")
    page = write(cast, "Start", "See [[Guides]].")
    revise(cast, page, "Nothing.")
    old = find_revision(page.text, 1)
    restore_revision(page, 1, prepared_again(page, old), by=cast.viewer("ada"))
    assert (page.text.revision, page.text.source) == (3, "See [[Guides]].")
    assert 'href="/wiki/handbook/guides"' in page.text.html


def test_a_hidden_revision_shows_through_none_of_its_neighbours(client, cast):
    page = write(cast, "Guides", "One.", path="guides")
    revise(cast, page, f"One. {CANARY}", summary=CANARY)
    revise(cast, page, "Two.", summary="Better")
    hide_revision(page, 2, by=cast.viewer("mo"), reason="personal data")
    sign_in(client, cast.ben)
    at = "/wiki/handbook/guides/-"
    never = client.get("/wiki/handbook/never/-/history").data
    for url in ("/revision/2", "/diff?from=1&to=2", "/diff?from=2&to=3", "/diff?to=3"):
        assert (client.get(at + url).status_code, client.get(at + url).data) == (404, never)
    for url in ("/history", "/revision/3", "/revision/3?against=2", "/diff?from=1&to=3"):
        page_ = client.get(at + url)
        assert page_.status_code == 200 and CANARY not in page_.text
    for url in ("/wiki/handbook/-/changes", "/feeds/wiki/handbook.atom", "/wiki/handbook"):
        assert CANARY not in client.get(url).text
    sign_in(client, cast.mo)
    assert CANARY in client.get(f"{at}/diff?from=1&to=2").text


def test_any_two_revisions_are_compared(client, cast):
    page = write(cast, "Guides", "One.\n\nTwo.", path="guides")
    for text in ("One!\n\nTwo.", "One!\n\nThree."):
        revise(cast, page, text)
    text = client.get("/wiki/handbook/guides/-/diff?from=1&to=3").text
    assert "<del>Two</del>" in text and "<ins>Three</ins>" in text and "<ins>!</ins>" in text
    for url in ("from=0&to=1", "from=1&to=99", "from=x&to=1"):
        assert client.get(f"/wiki/handbook/guides/-/diff?{url}").status_code == 404


def test_the_whole_way_in_the_browser(client, cast):
    sign_in(client, cast.ada)
    new = {"title": "Imports", "path": "guides/", "text": "Words.", "submission": "t1"}
    made = client.post("/wiki/handbook/-/new", data=new)
    assert made.location == "/wiki/handbook/guides/Imports"
    assert client.post("/wiki/handbook/-/new", data=new | {"submission": "t2"}).status_code == 409
    moved = client.post(f"{made.location}/-/move", data={"path": "imports"})
    assert moved.location == "/wiki/handbook/imports"
    assert client.post(f"{moved.location}/-/deletion").status_code == 303
    page = session.scalars(select(Page)).one()
    assert client.post(f"/wiki/-/restorations/{page.public_id}").status_code == 303
    assert client.get(moved.location).status_code == 200
