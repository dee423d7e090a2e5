"""Letting an article out, making it a draft again, taking it away and bringing it back."""

from collections.abc import Callable
from typing import Any

from community.blog import actions, care
from community.blog.queries import find_article
from community.blog.routes.blueprint import bp
from community.blog.subjects import article_url
from community.limits import limit
from community.viewer import current_viewer
from community.web import access, see_other


@bp.post("/articles/<public_id>/publication")
@access("signed_in")
@limit("20/minute")
def publish(public_id: str) -> Any:
    return _do(actions.publish_article, public_id)


@bp.post("/articles/<public_id>/publication/deletion")
@access("signed_in")
@limit("20/minute")
def unpublish(public_id: str) -> Any:
    return _do(actions.unpublish_article, public_id)


@bp.post("/articles/<public_id>/deletion")
@access("signed_in")
@limit("20/minute")
def delete(public_id: str) -> Any:
    return _do(care.delete_article, public_id)


@bp.post("/articles/<public_id>/hiding")
@access("signed_in")
@limit("20/minute")
def hide(public_id: str) -> Any:
    return _do(care.hide_article, public_id)


@bp.post("/articles/<public_id>/restoration")
@access("signed_in")
@limit("20/minute")
def restore(public_id: str) -> Any:
    return _do(care.restore_article, public_id)


def _do(verb: Callable[..., None], public_id: str) -> Any:
    article = find_article(public_id, current_viewer())
    verb(article, by=current_viewer())
    return see_other(article_url(article))
