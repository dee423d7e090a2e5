"""What changed in a wiki, as a feed: each revision is an entry, with its note for a text."""

from typing import Any

from flask import url_for
from markupsafe import Markup

from community.feeds.registry import MOST_ENTRIES, Entry, Feed, feed
from community.texts.models import Revision
from community.viewer import Viewer
from community.wiki.models import Page
from community.wiki.queries import find_wiki, recent_changes


@feed("wiki")
def changes_in_wiki(slug: str, viewer: Viewer) -> Feed:
    space = find_wiki(slug, viewer)
    changes = recent_changes(viewer, space, limit=MOST_ENTRIES).items
    url = url_for("wiki.show_wiki", slug=slug)
    return Feed(space.name, url, [_entry(*change) for change in changes], about=space.about)


def _entry(revision: Revision, page: Page) -> Entry:
    where: dict[str, Any] = {"slug": page.space.slug, "path": page.path, "number": revision.number}
    return Entry(
        id=f"page/{page.public_id}/{revision.number}",
        title=page.title,
        url=url_for("wiki.show_revision", **where),
        author=revision.author.name,
        published=revision.at,
        updated=revision.at,
        html=Markup("<p>{}</p>").format(revision.summary) if revision.summary else "",
    )
