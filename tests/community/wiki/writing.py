"""Pages as the tests write them."""

from community.spaces.queries import find_space
from community.wiki.actions import create_page, revise_page
from community.wiki.links import prepare_for
from community.wiki.models import Page
from tests.world import Cast


def write(
    cast: Cast,
    title: str,
    text: str = "Words.",
    *,
    path: str = "",
    by: str = "ada",
    wiki: str = "handbook",
) -> Page:
    viewer = cast.viewer(by)
    space = find_space(wiki, viewer)
    return create_page(space, path or title, title, prepare_for(space, text), by=viewer)


def revise(cast: Cast, page: Page, text: str, *, by: str = "ben", summary: str = "") -> None:
    prepared = prepare_for(page.space, text)
    viewer = cast.viewer(by)
    revise_page(page, prepared, by=viewer, base=page.text.revision, summary=summary)
