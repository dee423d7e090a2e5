"""Writing articles and letting them out."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import update

from community import clock
from community.blog.events import (
    ArticleDrafted,
    ArticlePublished,
    ArticleRepublished,
    ArticleRevised,
    ArticleUnpublished,
)
from community.blog.models import EXCERPT_LENGTH, SUBJECT, Article
from community.database import action, session
from community.errors import Conflict
from community.events import emit
from community.policy import authorize
from community.spaces.models import Space
from community.subjects import State
from community.texts.actions import (
    change_text,
    discard_draft,
    note_submission,
    store_text,
    take_submission,
)
from community.texts.merging import lock_text
from community.texts.preparation import Prepared, check_line, prepare_page
from community.texts.titles import check_title, slug_of
from community.threads.actions import add_with_thread, set_thread_state
from community.versions import touch_subject
from community.viewer import Viewer


def prepare_article(source: str) -> Prepared:
    return prepare_page(source, key=SUBJECT)


@action
def write_article(
    space: Space,
    title: str,
    text: Prepared,
    *,
    by: Viewer,
    excerpt: str = "",
    submission: str = "",
) -> Article:
    """A draft for its author alone. Sending the same form twice gives the first draft again."""
    authorize(by, "article.write", space)
    sent = take_submission(submission, by=by)
    if sent and sent.subject_kind == SUBJECT:
        return session.get_one(Article, sent.subject_id)
    assert by.member_id
    article = _store(space, check_title(title), text, check_excerpt(excerpt), by.member_id)
    emit(ArticleDrafted(**about(article, by), thread_id=article.thread_id or 0))
    note_submission(submission, SUBJECT, article.id, by=by)
    discard_draft(by.member_id, f"blog:{space.slug}")
    return article


def _store(space: Space, title: str, text: Prepared, excerpt: str, author_id: int) -> Article:
    stored = store_text(text, author_id=author_id, title=title)
    article = Article(
        space_id=space.id,
        audience_id=space.audience_id,
        author_id=author_id,
        state=State.DRAFT,
        text_id=stored,
        title=title,
        slug=slug_of(title),
        excerpt=excerpt,
    )
    add_with_thread(SUBJECT, article)
    session.flush()
    return article


@action
def revise_article(
    article: Article,
    text: Prepared,
    *,
    by: Viewer,
    base: int,
    summary: str = "",
    title: str | None = None,
    excerpt: str | None = None,
) -> None:
    """Save a new revision; `base` is the revision that was changed.

    Raise `Stale` if it is no longer the last one.
    """
    authorize(by, "article.edit", article)
    assert by.member_id
    title = check_title(title) if title is not None else article.title
    excerpt = check_excerpt(excerpt) if excerpt is not None else article.excerpt
    lock_text(article.text, base)
    discard_draft(by.member_id, f"article:{article.public_id}")
    changed = change_text(article.text, text, by=by, title=title, summary=summary, each_kept=True)
    if not changed and excerpt == article.excerpt:
        return
    article.title, article.slug, article.excerpt = title, slug_of(title), excerpt
    touch_subject(article)
    revision = article.text.revision
    emit(ArticleRevised(**about(article, by), author_id=article.author_id, revision=revision))


@action
def publish_article(article: Article, *, by: Viewer) -> None:
    """Let it out for all who can read the blog; published again, it keeps its first date."""
    authorize(by, "article.publish", article)
    first = article.published_at is None
    article.published_at = article.published_at or clock.now()
    article.withdrawn_at = None
    set_state(article, State.PUBLISHED)
    if not first:
        emit(ArticleRepublished(**about(article, by), author_id=article.author_id))
        return
    emit(
        ArticlePublished(
            **about(article, by) | {"actor_id": article.author_id},
            thread_id=article.thread_id or 0,
            published_by_id=by.member_id,
        )
    )


@action
def unpublish_article(article: Article, *, by: Viewer) -> None:
    """Make it a draft again, with its comments."""
    authorize(by, "article.unpublish", article)
    article.withdrawn_at = clock.now()
    set_state(article, State.DRAFT)
    emit(ArticleUnpublished(**about(article, by), author_id=article.author_id))


def check_excerpt(words: str) -> str:
    return check_line(
        words, field="excerpt", limit=EXCERPT_LENGTH, label=_("Excerpt"), required=False
    )


def set_state(article: Article, state: State) -> None:
    """Only from the state it was read in: of two at once, the second is told."""
    changed = session.execute(
        update(Article)
        .where(Article.id == article.id, Article.state == article.state)
        .values(state=state)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has just done something to this article. Look again."))
    article.state = state
    set_thread_state(article.thread, state)
    touch_subject(article)


def about(article: Article, by: Viewer) -> dict[str, Any]:
    return {
        "actor_id": by.member_id,
        "space_id": article.space_id,
        "audience_id": article.audience_id,
        "article_id": article.id,
    }
