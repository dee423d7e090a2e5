"""`[[Title]]`: from the title or path that somebody typed to a page of the same wiki.

A text is rendered once for all its readers, so a link answers for the least of them: it names only
published pages that everybody who can read the wiki can read.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, insert, or_, select

from community.database import session
from community.markup import PageLink
from community.spaces.models import Space
from community.subjects import State
from community.texts.models import TextLink
from community.texts.preparation import PageResolver, Prepared, prepare_page
from community.wiki.addresses import address_of
from community.wiki.models import SUBJECT, Page, WantedPage
from community.wiki.paths import fold, fold_title, path_for_title, path_of


def prepare_for(space: Space, source: str) -> Prepared:
    """The text of a page of this wiki, with its links to other pages."""
    return prepare_page(source, key=SUBJECT, pages=links_in(space))


def links_in(space: Space) -> PageResolver:
    def resolve(titles: frozenset[str]) -> Mapping[str, PageLink]:
        pages = pages_meant(space, titles)
        links = {title: _link(space, title, pages.get(title)) for title in titles}
        return {title: link for title, link in links.items() if link}

    return resolve


def _link(space: Space, title: str, page: Page | None) -> PageLink | None:
    path = page.path if page else path_for_title(title)
    if not path:
        return None
    return PageLink(address_of(space.slug, path), page is not None)


def pages_meant(space: Space, titles: Iterable[str]) -> dict[str, Page]:
    """The page each stands for: the one at that path, else the first of that title."""
    paths = {title: fold(path_of(title)) for title in titles}
    if not paths:
        return {}
    found = session.scalars(
        select(Page)
        .where(
            Page.space_id == space.id,
            Page.audience_id == space.audience_id,
            Page.state == State.PUBLISHED,
            or_(
                Page.path_folded.in_(paths.values()),
                Page.title_folded.in_([fold_title(title) for title in paths]),
            ),
        )
        .order_by(Page.id.desc())
    ).all()
    by_path = {page.path_folded: page for page in found}
    by_title = {page.title_folded: page for page in found}
    meant = {
        title: by_path.get(path) or by_title.get(fold_title(title)) for title, path in paths.items()
    }
    return {title: page for title, page in meant.items() if page}


def set_links(page: Page, titles: Sequence[str]) -> None:
    """Keep what the page's text links to, for links back; joins an action."""
    pages = pages_meant(page.space, titles)
    session.execute(
        delete(TextLink).where(TextLink.text_id == page.text_id, TextLink.target_kind == SUBJECT)
    )
    session.execute(delete(WantedPage).where(WantedPage.text_id == page.text_id))
    linked = {found.id for found in pages.values()}
    if linked:
        session.execute(
            insert(TextLink),
            [
                {"text_id": page.text_id, "target_kind": SUBJECT, "target_id": target}
                for target in linked
            ],
        )
    missing = {path_for_title(title): title for title in titles if title not in pages}
    wanted = [_wanted(page, path, title) for path, title in missing.items() if path]
    if wanted:
        session.execute(insert(WantedPage), wanted)


def _wanted(page: Page, path: str, title: str) -> dict[str, object]:
    return {
        "text_id": page.text_id,
        "space_id": page.space_id,
        "path": path[:400],
        "path_folded": fold(path)[:400],
        "title": title[:200],
        "title_folded": fold_title(title),
    }


def linking_pages(page: Page) -> Sequence[Page]:
    """The pages whose texts link to this one, or would if it were there."""
    linking = select(TextLink.text_id).where(
        TextLink.target_kind == SUBJECT, TextLink.target_id == page.id
    )
    wanting = select(WantedPage.text_id).where(
        WantedPage.space_id == page.space_id,
        or_(
            WantedPage.path_folded == page.path_folded,
            WantedPage.title_folded == page.title_folded,
        ),
    )
    return session.scalars(
        select(Page).where(or_(Page.text_id.in_(linking), Page.text_id.in_(wanting)))
    ).all()


def keep_rendering(page: Page, prepared: Prepared) -> None:
    """Let the page's links tell what is there now; a text that was changed meanwhile is left."""
    if page.text.source != prepared.source or page.text.html == prepared.rendered.html:
        return
    page.text.html = prepared.rendered.html
    page.version = Page.version + 1
    set_links(page, prepared.rendered.pages)
