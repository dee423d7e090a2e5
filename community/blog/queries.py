"""Articles as a viewer finds them."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from community.blog.models import Article
from community.database import session
from community.errors import NotFound
from community.identifiers import LENGTH
from community.pagination import Key, Page, page_by_key
from community.policy import visible
from community.spaces.models import Space, SpaceKind
from community.spaces.queries import find_space, spaces_for
from community.subjects import State
from community.texts.models import Text
from community.viewer import Viewer

MOST_DRAFTS = 50

NEWEST = (
    Key(Article.published_at, lambda article: article.published_at, descending=True),
    Key(Article.public_id, lambda article: article.public_id, descending=True),
)


def find_blog(slug: str, viewer: Viewer) -> Space:
    return find_space(slug, viewer, SpaceKind.BLOG)


def blogs_for(viewer: Viewer) -> Sequence[Space]:
    return spaces_for(viewer, SpaceKind.BLOG)


def find_article(public_id: str, viewer: Viewer) -> Article:
    """Raise `NotFound` for an article that is absent or not for this viewer."""
    found = session.scalar(
        select(Article)
        .where(Article.public_id == public_id, visible(Article, viewer))
        .options(
            joinedload(Article.author),
            joinedload(Article.space),
            joinedload(Article.text),
            joinedload(Article.thread),
        )
    )
    if found is None:
        raise NotFound
    return found


def find_article_named(name: str, viewer: Viewer) -> Article:
    """By the end of its name; what stands before that may have changed."""
    return find_article(name[-LENGTH:], viewer)


def published_articles(
    viewer: Viewer, space: Space | None = None, *, token: str | None = None, limit: int = 20
) -> Page[Article]:
    """What is out, the newest first."""
    articles = _readable(viewer).where(Article.state == State.PUBLISHED)
    if space is not None:
        articles = articles.where(Article.space_id == space.id)
    return page_by_key(articles, NEWEST, token=token, limit=limit)


def articles_with_texts(
    viewer: Viewer, space: Space | None = None, *, limit: int = 30
) -> Sequence[Article]:
    """What is out with its whole text, the newest first: for feeds."""
    articles = _readable(viewer).where(Article.state == State.PUBLISHED)
    if space is not None:
        articles = articles.where(Article.space_id == space.id)
    whole = articles.options(joinedload(Article.text).undefer(Text.html))
    return session.scalars(whole.order_by(Article.published_at.desc()).limit(limit)).all()


def unpublished_articles(viewer: Viewer, space: Space) -> Sequence[Article]:
    """Drafts and what was taken away, for those who see them."""
    if viewer.member is None:
        return []
    return session.scalars(
        _readable(viewer)
        .where(Article.space_id == space.id, Article.state != State.PUBLISHED)
        .order_by(Article.created_at.desc())
        .limit(MOST_DRAFTS)
    ).all()


def _readable(viewer: Viewer) -> Select[Article]:
    return (
        select(Article)
        .where(visible(Article, viewer))
        .options(
            joinedload(Article.author),
            joinedload(Article.space),
            joinedload(Article.text).load_only(Text.plain, Text.language, Text.edited_at),
            joinedload(Article.thread),
        )
    )
