"""What follows when pages come and go: links to them change their meaning."""

from community.database import session
from community.events import Happened
from community.moderation.events import SubjectHidden, SubjectRestored
from community.notifications.jobs import tell_of_subject_later
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
from community.wiki.models import SUBJECT, Page
from community.wiki.notices import PAGE_CREATED, PAGE_REVISED


def render_links_again(happened: Happened) -> None:
    """In jobs of their own: rendering takes its time, and a page may be linked to a lot."""
    if isinstance(happened.event, PageRevised) and not happened.event.retitled:
        return
    _render_links_to(happened.event.page_id, happened)


def render_links_to_subject(happened: Happened) -> None:
    event: SubjectHidden | SubjectRestored = happened.event
    if event.subject_kind == SUBJECT:
        _render_links_to(event.subject_id, happened)


def _render_links_to(page_id: int, happened: Happened) -> None:
    page = session.get(Page, page_id)
    for linking in linking_pages(page) if page else ():
        render_page.later(linking.id, key=f"wiki.render:{linking.id}:{happened.id}")


def tell_of_page(happened: Happened) -> None:
    """Watchers of the page or its wiki, and who is named in it, hear that it is new or changed."""
    kind = PAGE_CREATED if isinstance(happened.event, PageCreated) else PAGE_REVISED
    tell_of_subject_later(happened, kind, (SUBJECT, happened.event.page_id))


SUBSCRIPTIONS = {
    PageCreated: [render_links_again, tell_of_page],
    PageRevised: [render_links_again, tell_of_page],
    PageMoved: [render_links_again],
    PageDeleted: [render_links_again],
    PageHidden: [render_links_again],
    PageRestored: [render_links_again],
    SubjectHidden: [render_links_to_subject],
    SubjectRestored: [render_links_to_subject],
}
