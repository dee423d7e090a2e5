"""A page is read together with what stands around it."""

from flask import g

from community.audiences import Level
from community.spaces.actions import grant_level
from community.spaces.queries import find_space
from community.tagging.slots import tags_on_page
from community.wiki import opening
from community.wiki.care import delete_page
from community.wiki.opening import open_page
from community.wiki.tree import OPENED, around_page
from tests.community.wiki.writing import write
from tests.conftest import sign_in
from tests.world import group


def test_around_a_page_stand_the_same_as_if_they_were_asked_for_alone(app, cast):
    for path in ("Guides", "guides/Imports", "guides/imports/old-files", "guides-2"):
        write(cast, path, path=path)
    write(cast, "Start", "See [[guides/imports]].", path="start")
    write(cast, "Elsewhere", path="elsewhere/below")
    delete_page(write(cast, "Gone", path="guides/gone"), by=cast.viewer("ada"))
    for name in ("ada", "mo", "visitor"):
        for path in ("start", "GUIDES", "guides/imports", "guides/imports/old-files"):
            found = open_page("handbook", path, cast.viewer(name))
            assert found is not None
            page, around = found
            assert around == around_page(page, cast.viewer(name))
    page, around = open_page("handbook", "guides/imports", cast.viewer("ada")) or (None, None)
    assert around and [one.title for one in around.backlinks] == ["Start"]


def test_its_tags_are_read_along(app, cast):
    page = write(cast, "Start", path="start")
    open_page("handbook", "start", cast.viewer("ada"))
    assert g.tags_on_page == {("page", page.id): []}
    assert tags_on_page("page", page.id) == []


def test_a_wiki_that_is_not_open_to_one_has_no_pages(app, cast):
    write(cast, "Start", path="start")
    handbook = find_space("handbook", cast.viewer("al"))
    assert open_page("handbook", "start", cast.viewer("visitor"))
    grant_level(handbook, Level.NONE, group=group("everyone"), by=cast.viewer("al"))
    assert open_page("handbook", "start", cast.viewer("visitor")) is None


def test_a_path_that_is_too_long_is_nowhere(app, cast):
    assert open_page("handbook", "a/" * 2_000 + "a", cast.viewer("ada")) is None


def test_whoever_asks_for_places_of_any_depth_makes_few_statements(app, cast, client):
    sign_in(client, cast.ada)
    for depth in (2, 3, 90, 199, 1_200):
        assert client.get(f"/wiki/handbook/{'/'.join('a' * depth)}").status_code == 404
    assert len({len(opened) for _class, opened in opening._statements}) <= len(OPENED)
