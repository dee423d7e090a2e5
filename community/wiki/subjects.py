"""The wiki's kind of subject, and where one writes in it."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from community.database import session
from community.errors import NotFound
from community.policy import visible
from community.spaces.models import SpaceKind
from community.spaces.queries import find_space
from community.subjects import register_subject
from community.texts.drafts import Place, draft_place
from community.texts.histories import keeps_history
from community.viewer import Viewer
from community.wiki.actions import revise_page
from community.wiki.links import prepare_for
from community.wiki.models import SUBJECT, Page


def page_url(page: Page) -> str:
    return url_for("wiki.show", slug=page.space.slug, path=page.path)


def page_history_url(page: Page, number: int | None) -> str:
    where: dict[str, Any] = {"slug": page.space.slug, "path": page.path}
    if number is None:
        return url_for("wiki.show_history", **where)
    return url_for("wiki.show_revision", number=number, **where)


register_subject(
    SUBJECT,
    Page,
    url=page_url,
    title=lambda page: page.title,
    label=lambda: _("page"),
    heading=lambda: _("Pages"),
)
keeps_history(
    Page,
    edit="page.edit",
    change=revise_page,
    prepare=lambda page, source: prepare_for(page.space, source),
    url=page_history_url,
    compare_url=lambda page: url_for("wiki.show_difference", slug=page.space.slug, path=page.path),
)


@draft_place("wiki")
def place_of_new_page(slug: str, viewer: Viewer) -> Place | None:
    try:
        space = find_space(slug, viewer, SpaceKind.WIKI)
    except NotFound:
        return None
    title = _("New page in %(wiki)s", wiki=space.name)
    url = url_for("wiki.new_page", slug=slug)
    return Place(title, url, space.audience_id, lambda source: prepare_for(space, source))


@draft_place(SUBJECT)
def place_of_edit(public_id: str, viewer: Viewer) -> Place | None:
    page = session.scalar(select(Page).where(Page.public_id == public_id, visible(Page, viewer)))
    if page is None:
        return None
    url = url_for("wiki.edit", slug=page.space.slug, path=page.path)
    return Place(page.title, url, page.audience_id, lambda source: prepare_for(page.space, source))
