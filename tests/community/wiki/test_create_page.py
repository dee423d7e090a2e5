"""Beginning pages."""

import pytest
from sqlalchemy import select

from community.database import session
from community.errors import Forbidden, Invalid, NotFound
from community.events import EventRow
from community.spaces.queries import find_space
from community.texts.models import Revision
from community.wiki.actions import PathTaken, create_page
from community.wiki.links import prepare_for
from community.wiki.models import Page
from tests.community.wiki.writing import write


def test_a_page_has_a_text_with_one_revision_and_a_thread(app, cast):
    page = write(cast, "Large imports", "Up to *twelve* hours.")
    assert (page.path, page.title, page.text.revision) == ("Large-imports", "Large imports", 1)
    assert "<em>twelve</em>" in page.text.html
    assert page.thread.subject_kind == "page"
    revision = session.scalars(select(Revision).where(Revision.text_id == page.text_id)).one()
    assert (revision.title, revision.author_id) == ("Large imports", cast.ada.id)


def test_it_says_so_once(app, cast):
    page = write(cast, "Large imports")
    said = session.scalars(select(EventRow).where(EventRow.name == "PageCreated")).one()
    assert (said.payload["page_id"], said.segment, said.external) == (page.id, "customer", True)


def test_two_pages_do_not_share_a_path_whatever_its_capitals(app, cast):
    write(cast, "Large imports")
    with pytest.raises(PathTaken):
        write(cast, "LARGE imports", by="ben")


def test_the_same_path_in_two_wikis_is_two_pages(app, cast):
    assert (
        write(cast, "Start", by="eve").path == write(cast, "Start", by="eve", wiki="playbook").path
    )


def test_a_title_in_any_script_makes_a_path(app, cast):
    assert write(cast, "العربية والكتابة").path == "العربية-والكتابة"


@pytest.mark.parametrize("path", ["", " / ", "🎉", "a/" * 300])
def test_a_path_of_nothing_or_of_too_much_is_refused(app, cast, path):
    ada = cast.viewer("ada")
    space = find_space("handbook", ada)
    with pytest.raises(Invalid) as refusal:
        create_page(space, path, "A title", prepare_for(space, "Words."), by=ada)
    assert refusal.value.field == "path"


def test_a_form_sent_twice_makes_one_page(app, cast):
    ada = cast.viewer("ada")
    space = find_space("handbook", ada)
    text = prepare_for(space, "Words.")
    first = create_page(space, "once", "Once", text, by=ada, submission="t1")
    assert create_page(space, "once", "Once", text, by=ada, submission="t1") is first
    assert session.query(Page).count() == 1


def test_who_may_only_read_begins_nothing(app, cast):
    space = find_space("stories", cast.viewer("ada"))
    with pytest.raises(Forbidden):
        create_page(space, "a", "A", prepare_for(space, "Words."), by=cast.viewer("ada"))


def test_a_wiki_one_cannot_read_does_not_exist(app, cast):
    space = find_space("playbook", cast.viewer("eve"))
    with pytest.raises(NotFound):
        create_page(space, "a", "A", prepare_for(space, "Words."), by=cast.viewer("ada"))
