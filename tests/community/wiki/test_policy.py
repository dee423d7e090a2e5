"""Who may do what to a page, both ways, on both databases for what is read."""

import threading

import pytest
from sqlalchemy import func, select

from community.database import session, write_transaction
from community.moderation.visibility import show_subject
from community.policy import can, may_see, visible
from community.search import indexing
from community.spaces.queries import find_space
from community.texts.merging import Stale
from community.texts.models import Revision
from community.viewer import viewer_of
from community.wiki.actions import revise_page
from community.wiki.care import delete_page, hide_page
from community.wiki.links import prepare_for
from community.wiki.models import Page
from community.worker import run_jobs
from tests.community.wiki.writing import revise, write
from tests.conftest import sign_in

EVERYBODY = ["visitor", "ada", "ben", "cleo", "eve", "mo", "al"]
MAY = {
    "page.edit": {"ada", "ben", "cleo", "eve", "mo", "al"},
    "page.move": {"ada", "ben", "cleo", "eve", "mo", "al"},
    "page.delete": {"ada", "mo", "al"},
    "page.hide": {"mo", "al"},
    "page.restore": set(),
}


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_page_is_everybody_s_who_may_create(cast, name):
    page = write(cast, "Guides")
    allowed = {permission for permission in MAY if can(cast.viewer(name), permission, page)}
    assert allowed == {permission for permission, names in MAY.items() if name in names}


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_deleted_page_can_only_be_restored(cast, name):
    page = write(cast, "Guides")
    delete_page(page, by=cast.viewer("ada"))
    allowed = {permission for permission in MAY if can(cast.viewer(name), permission, page)}
    assert allowed == ({"page.restore"} if name in ("ada", "mo", "al") else set())


@pytest.mark.parametrize("name", EVERYBODY)
def test_only_who_reads_a_wiki_writes_in_it(cast, name):
    playbook = find_space("playbook", cast.viewer("eve"))
    assert can(cast.viewer(name), "page.create", playbook) is (name in ("eve", "al"))
    page = write(cast, "Escalation", by="eve", wiki="playbook")
    assert can(cast.viewer(name), "page.edit", page) is (name in ("eve", "al"))


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_check_and_the_filter_of_pages_agree(app, cast, name):
    write(cast, "Shown")
    write(cast, "Escalation", by="eve", wiki="playbook")
    delete_page(write(cast, "Deleted"), by=cast.viewer("ada"))
    hide_page(write(cast, "Hidden", by="ben"), by=cast.viewer("mo"))
    viewer = cast.viewer(name)
    seen = set(session.scalars(select(Page.title).where(visible(Page, viewer))))
    pages = session.scalars(select(Page)).all()
    assert seen == {page.title for page in pages if may_see(viewer, page)}


def test_of_two_who_save_at_once_one_is_told(app, cast):
    page = write(cast, "Guides", "One.")
    texts = {name: prepare_for(page.space, f"{name}'s words.") for name in ("ada", "ben")}
    members = {name: getattr(cast, name).id for name in texts}
    page_id, told, both = page.id, [], threading.Barrier(2)
    session.rollback()

    def save(name: str) -> None:
        with app.app_context():
            viewer = viewer_of(session.get(type(cast.ada), members[name]))
            mine = session.get_one(Page, page_id)
            both.wait()
            try:
                revise_page(mine, texts[name], by=viewer, base=1)
            except Stale:
                told.append(name)

    threads = [threading.Thread(target=save, args=[name]) for name in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    kept = session.scalar(select(func.count()).select_from(Revision))
    assert kept == 2


def test_a_page_that_moderators_bring_back_finds_a_place(app, cast):
    first = write(cast, "Guides", path="guides")
    hide_page(first, by=cast.viewer("mo"))
    write(cast, "Guides", path="guides", by="ben")
    mo = cast.viewer("mo")
    with write_transaction():
        show_subject(first, by=mo)
    assert (first.path, first.is_published) == ("guides-2", True)


def test_pages_are_found_under_their_present_title_by_their_readers(client, cast):
    indexing.rebuild_index()
    page = write(cast, "Walnut tables", "With [[oil]].")
    write(cast, "Walnut canary", by="eve", wiki="playbook")
    run_jobs()
    found = client.get("/search?q=walnut").text
    assert "tables" in found and "canary" not in found
    assert "canary" in sign_in(client, cast.eve).get("/search?q=walnut").text
    revise(cast, page, "Oak.")
    delete_page(page, by=cast.viewer("mo"))
    run_jobs()
    assert "tables" not in client.get("/search?q=walnut").text
