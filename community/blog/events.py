"""What happens to articles."""

from dataclasses import dataclass

from community.events import Event


@dataclass(frozen=True, kw_only=True)
class ArticleDrafted(Event):
    """Somebody began an article that only they and the blog's moderators see."""

    article_id: int
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class ArticlePublished(Event):
    """It came out for the first time. The actor is its author, whoever let it out."""

    article_id: int
    thread_id: int
    published_by_id: int | None


@dataclass(frozen=True, kw_only=True)
class ArticleRevised(Event):
    """Its title or text changed; `revision` is the number of the text's last revision."""

    article_id: int
    author_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class ArticleUnpublished(Event):
    """What was out is a draft again."""

    article_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class ArticleRepublished(Event):
    """It is out again."""

    article_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class ArticleDeleted(Event):
    """It was taken away, by its author or a moderator."""

    article_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class ArticleRestored(Event):
    """What was out is back, from deletion or from being hidden."""

    article_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class ArticleDraftRestored(Event):
    """A draft is back, and is still a draft."""

    article_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class ArticleHidden(Event):
    """It was put out of sight until a moderator decides."""

    article_id: int
    author_id: int
