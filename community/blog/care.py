"""Looking after articles: taking them away and bringing them back."""

from community.audit import record_care
from community.blog.actions import about, set_state
from community.blog.events import (
    ArticleDeleted,
    ArticleDraftRestored,
    ArticleHidden,
    ArticleRestored,
)
from community.blog.models import Article
from community.database import action
from community.events import emit
from community.policy import authorize
from community.subjects import State
from community.viewer import Viewer


@action
def delete_article(article: Article, *, by: Viewer) -> None:
    """Take the article away with its comments; it can be restored."""
    authorize(by, "article.delete", article)
    article.deleted_by_id = by.member_id
    set_state(article, State.DELETED)
    emit(ArticleDeleted(**about(article, by), author_id=article.author_id))
    record_care(by, "article.deleted", article)


@action
def hide_article(article: Article, *, by: Viewer) -> None:
    """Put the article out of sight until somebody has decided."""
    authorize(by, "article.hide", article)
    set_state(article, State.HIDDEN)
    emit(ArticleHidden(**about(article, by), author_id=article.author_id))
    record_care(by, "article.hidden", article)


@action
def restore_article(article: Article, *, by: Viewer) -> None:
    """Bring it back as what it was: published or a draft."""
    authorize(by, "article.restore", article)
    article.deleted_by_id = None
    set_state(article, State.PUBLISHED if article.is_out else State.DRAFT)
    happened = ArticleRestored if article.is_out else ArticleDraftRestored
    emit(happened(**about(article, by), author_id=article.author_id))
    record_care(by, "article.restored", article)
