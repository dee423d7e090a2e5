"""Who may read drafts, and who may write, publish and take away articles."""

from sqlalchemy import and_, or_

from community.audiences import Level
from community.blog.models import Article
from community.policy import (
    is_own,
    may_delete,
    may_restore,
    may_see_subject,
    moderates,
    readable,
    rule,
    visible_subjects,
)
from community.spaces.models import Space, SpaceKind
from community.subjects import State
from community.viewer import Viewer

readable(
    Article,
    check=lambda viewer, article: (
        may_see_subject(viewer, article)
        or (article.state == State.DRAFT and article.audience_id in viewer.moderated)
    ),
    filter=lambda viewer: or_(
        visible_subjects(Article, viewer),
        and_(Article.state == State.DRAFT, Article.audience_id.in_(viewer.moderated)),
    ),
)


@rule("article.write")
def write(viewer: Viewer, space: Space) -> bool:
    if viewer.member is None or viewer.silenced or space.archived_at:
        return False
    return space.kind == SpaceKind.BLOG and viewer.level(space.audience_id) >= Level.CREATE


@rule("article.edit")
def edit(viewer: Viewer, article: Article) -> bool:
    if viewer.member is None or viewer.silenced or article.state == State.DELETED:
        return False
    return _writes(viewer, article) or moderates(viewer, article)


@rule("article.publish")
def publish(viewer: Viewer, article: Article) -> bool:
    """Nobody publishes what somebody else has not finished, but who looks after the blog."""
    return article.state == State.DRAFT and edit(viewer, article)


@rule("article.unpublish")
def unpublish(viewer: Viewer, article: Article) -> bool:
    return article.state == State.PUBLISHED and edit(viewer, article)


@rule("article.delete")
def delete(viewer: Viewer, article: Article) -> bool:
    """Its author may as long as nobody has commented: what others wrote is not theirs to take."""
    return may_delete(viewer, article, alone=article.thread.first_response_at is None)


@rule("article.restore")
def restore(viewer: Viewer, article: Article) -> bool:
    return may_restore(viewer, article)


@rule("article.hide")
def hide(viewer: Viewer, article: Article) -> bool:
    return moderates(viewer, article) and article.state == State.PUBLISHED


def _writes(viewer: Viewer, article: Article) -> bool:
    return is_own(viewer, article) and viewer.level(article.audience_id) >= Level.CREATE
