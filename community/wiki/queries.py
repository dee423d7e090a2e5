"""Pages as a viewer finds them."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from community import clock
from community.database import session
from community.errors import NotFound
from community.members.models import Member
from community.pagination import Key, page_by_key
from community.pagination import Page as Listed
from community.policy import may_see, visible
from community.spaces.models import Space, SpaceKind
from community.spaces.queries import find_space, spaces_for
from community.subjects import State
from community.texts.models import Draft, Revision, Text, TextLink
from community.viewer import Viewer
from community.wiki.models import SUBJECT, FormerPath, Page, WantedPage
from community.wiki.paths import fold

MOST_LISTED = 100
EDITING_FOR = timedelta(seconds=60)

NEWEST = (
    Key(Revision.at, lambda row: row.Revision.at, descending=True),
    Key(Page.public_id, lambda row: row.Page.public_id, descending=True),
    Key(Revision.number, lambda row: row.Revision.number, descending=True),
)


@dataclass(frozen=True)
class Wanted:
    """A page that is linked to and not written yet, and from how many pages."""

    title: str
    path: str
    links: int


def find_wiki(slug: str, viewer: Viewer) -> Space:
    return find_space(slug, viewer, SpaceKind.WIKI)


def wikis_for(viewer: Viewer) -> Sequence[Space]:
    return spaces_for(viewer, SpaceKind.WIKI)


def page_counts(viewer: Viewer) -> dict[int, int]:
    """How many pages each wiki has for this viewer."""
    counts = (
        select(Page.space_id, func.count())
        .where(visible(Page, viewer), Page.state == State.PUBLISHED)
        .group_by(Page.space_id)
    )
    return {row[0]: row[1] for row in session.execute(counts)}


def page_at(slug: str, path: str, viewer: Viewer) -> Page | None:
    """The page at the path: the published one, else the last that was taken away from there."""
    place = {"slug": slug, "path": fold(path)}
    page = session.scalar(published_at(), place)
    if page and may_see(viewer, page.space) and may_see(viewer, page):
        return page
    return removed_at(slug, path, viewer)


def removed_at(slug: str, path: str, viewer: Viewer) -> Page | None:
    """The last that was taken away from there, for who still sees it."""
    return session.scalar(
        _at_a_place()
        .where(Page.state != State.PUBLISHED, visible(Space, viewer), visible(Page, viewer))
        .order_by(Page.id.desc())
        .limit(1),
        {"slug": slug, "path": fold(path)},
    )


@functools.cache
def published_at() -> Select[Page]:
    """Built once: every page of a wiki asks it."""
    return _at_a_place().where(Page.state == State.PUBLISHED)


def _at_a_place() -> Select[Page]:
    return (
        _with_what_is_shown()
        .join(Page.space)
        .where(
            Space.slug == bindparam("slug"),
            Space.kind == SpaceKind.WIKI,
            Page.path_folded == bindparam("path"),
        )
        .options(contains_eager(Page.space))
    )


def page_once_at(space: Space, path: str, viewer: Viewer) -> Page | None:
    """The page that stood at the path before it was moved."""
    return session.scalar(
        _with_what_is_shown()
        .join(FormerPath, FormerPath.page_id == Page.id)
        .where(
            visible(Page, viewer),
            FormerPath.space_id == space.id,
            FormerPath.path_folded == fold(path),
        )
    )


def _with_what_is_shown() -> Select[Page]:
    return select(Page).options(
        joinedload(Page.author),
        joinedload(Page.thread),
        joinedload(Page.text).joinedload(Text.edited_by),
    )


def find_page(slug: str, path: str, viewer: Viewer) -> Page:
    """The page at the address, or that stood there; `NotFound` if it is absent or unseen."""
    page = page_at(slug, path, viewer) or page_once_at(find_wiki(slug, viewer), path, viewer)
    if page is None:
        raise NotFound
    return page


def linked_from(page: Page) -> ColumnElement[bool]:
    """Of a page, that its text links to this one."""
    linking = select(TextLink.text_id).where(
        TextLink.target_kind == SUBJECT, TextLink.target_id == page.id
    )
    return and_(Page.text_id.in_(linking), Page.id != page.id)


def count_backlinks(page: Page, viewer: Viewer) -> int:
    """How many pages link to this one, of those the viewer can read."""
    linking = select(func.count()).where(
        linked_from(page), Page.state == State.PUBLISHED, visible(Page, viewer)
    )
    return session.scalar(linking) or 0


def recent_changes(
    viewer: Viewer, space: Space | None = None, *, token: str | None = None, limit: int = 30
) -> Listed:
    """Revisions of pages with their pages, the newest first; hidden ones are in no list."""
    changes = (
        select(Revision, Page)
        .join(Page, Page.text_id == Revision.text_id)
        .where(visible(Page, viewer), Page.state == State.PUBLISHED, Revision.hidden_at.is_(None))
        .options(joinedload(Revision.author), joinedload(Page.space))
    )
    if space is not None:
        changes = changes.where(Page.space_id == space.id)
    return page_by_key(changes, NEWEST, token=token, limit=limit, scalars=False)


def wanted_pages(space: Space, viewer: Viewer) -> list[Wanted]:
    """What is linked to and missing, the most wanted first."""
    links = func.count()
    rows = session.execute(
        select(func.min(WantedPage.title), func.min(WantedPage.path), links)
        .join(Page, Page.text_id == WantedPage.text_id)
        .where(
            WantedPage.space_id == space.id, Page.state == State.PUBLISHED, visible(Page, viewer)
        )
        .group_by(WantedPage.path_folded)
        .order_by(links.desc(), func.min(WantedPage.title))
        .limit(MOST_LISTED)
    )
    return [Wanted(*row) for row in rows]


def removed_pages(space: Space, viewer: Viewer) -> Sequence[Page]:
    """What was deleted or hidden, for those who still see it."""
    return session.scalars(
        select(Page)
        .where(Page.space_id == space.id, Page.state != State.PUBLISHED, visible(Page, viewer))
        .options(joinedload(Page.author))
        .order_by(Page.title_folded)
        .limit(MOST_LISTED)
    ).all()


def others_editing(page: Page, viewer: Viewer) -> Sequence[Member]:
    """Who else has saved a draft of this page within the last minute."""
    since: datetime = clock.now() - EDITING_FOR
    return session.scalars(
        select(Member)
        .join(Draft, Draft.member_id == Member.id)
        .where(
            Draft.place == f"{SUBJECT}:{page.public_id}",
            Draft.updated_at > since,
            Draft.member_id != viewer.member_id,
        )
        .limit(5)
    ).all()
