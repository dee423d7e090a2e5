"""Articles as they are found: by title and text, once they are out."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.blog.events import (
    ArticleDeleted,
    ArticleHidden,
    ArticlePublished,
    ArticleRepublished,
    ArticleRestored,
    ArticleRevised,
    ArticleUnpublished,
)
from community.blog.models import SUBJECT, Article
from community.database import session
from community.search.documents import Document, document_of
from community.search.sources import indexed
from community.search.subscriptions import reindexed_by
from community.texts.models import Text
from community.threads.documents import posts_of


@indexed(SUBJECT, Article)
def articles(ids: list[int]) -> Iterable[Document]:
    found = session.scalars(
        select(Article)
        .where(Article.id.in_(ids))
        .options(
            joinedload(Article.author),
            joinedload(Article.space),
            joinedload(Article.thread),
            joinedload(Article.text).load_only(Text.plain, Text.language),
        )
    )
    for article in found:
        yield document_of(
            SUBJECT,
            article,
            body=article.text.plain,
            language=article.text.language,
            created_at=article.published_at or article.created_at,
            popularity=article.thread.view_count,
        )


SUBSCRIPTIONS = reindexed_by(
    {
        kind: lambda event: [(SUBJECT, event.article_id), *posts_of(SUBJECT, event.article_id)]
        for kind in (
            ArticlePublished,
            ArticleRevised,
            ArticleUnpublished,
            ArticleRepublished,
            ArticleDeleted,
            ArticleRestored,
            ArticleHidden,
        )
    }
)
