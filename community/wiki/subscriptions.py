"""What follows when pages come and go: links to them change their meaning."""

from community.database import session
from community.events import Happened
from community.wiki.events import (
    PageCreated,
    PageDeleted,
    PageHidden,
    PageMoved,
    PageRestored,
    PageRevised,
)
from community.wiki.jobs import render_page
from community.wiki.links import linking_pages
from community.wiki.models import Page


def render_links_again(happened: Happened) -> None:
    """In jobs of their own: rendering takes its time, and a page may be linked to a lot."""
    if isinstance(happened.event, PageRevised) and not happened.event.retitled:
        return
    page = session.get(Page, happened.event.page_id)
    for linking in linking_pages(page) if page else ():
        render_page.later(linking.id, key=f"wiki.render:{linking.id}:{happened.id}")


SUBSCRIPTIONS = {
    kind: [render_links_again]
    for kind in (PageCreated, PageRevised, PageMoved, PageDeleted, PageHidden, PageRestored)
}
