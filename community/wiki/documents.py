"""Pages as they are found: by title and text."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.database import session
from community.search.documents import Document, Key, document_of
from community.search.sources import indexed
from community.search.subscriptions import reindexed_by
from community.texts.models import Text
from community.threads.documents import posts_of
from community.wiki.events import (
    PageCreated,
    PageDeleted,
    PageHidden,
    PageRestored,
    PageRevised,
)
from community.wiki.models import SUBJECT, Page


@indexed(SUBJECT, Page)
def pages(ids: list[int]) -> Iterable[Document]:
    found = session.scalars(
        select(Page)
        .where(Page.id.in_(ids))
        .options(
            joinedload(Page.author),
            joinedload(Page.space),
            joinedload(Page.thread),
            joinedload(Page.text).load_only(Text.plain, Text.language),
        )
    )
    for page in found:
        yield document_of(
            SUBJECT,
            page,
            body=page.text.plain,
            language=page.text.language,
            popularity=page.thread.view_count,
        )


def _with_comments(event: PageRevised | PageDeleted | PageRestored | PageHidden) -> list[Key]:
    """Comments are found under the page's title, and as long as it is published."""
    return [(SUBJECT, event.page_id), *posts_of(SUBJECT, event.page_id)]


SUBSCRIPTIONS = reindexed_by(
    {
        PageCreated: lambda event: [(SUBJECT, event.page_id)],
        PageRevised: _with_comments,
        PageDeleted: _with_comments,
        PageHidden: _with_comments,
        PageRestored: _with_comments,
    }
)
