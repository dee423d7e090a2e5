"""The blogs' kind of subject, and where one writes in them."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from community.blog.actions import prepare_article, revise_article
from community.blog.models import SUBJECT, Article
from community.database import session
from community.errors import NotFound
from community.policy import visible
from community.spaces.models import SpaceKind
from community.spaces.queries import find_space
from community.subjects import register_subject
from community.texts.drafts import Place, draft_place
from community.texts.histories import keeps_history
from community.viewer import Viewer


def article_url(article: Article) -> str:
    return url_for("blog.show", slug=article.space.slug, name=name_of(article))


def name_of(article: Article) -> str:
    """What people read, and at its end what the article is found by."""
    return f"{article.slug}-{article.public_id}"


register_subject(
    SUBJECT,
    Article,
    url=article_url,
    title=lambda article: article.title,
    label=lambda: _("article"),
    heading=lambda: _("Articles"),
)
keeps_history(
    Article,
    edit="article.edit",
    change=revise_article,
    prepare=lambda _article, source: prepare_article(source),
)


@draft_place("blog")
def place_of_new_article(slug: str, viewer: Viewer) -> Place | None:
    try:
        space = find_space(slug, viewer, SpaceKind.BLOG)
    except NotFound:
        return None
    title = _("New article in %(blog)s", blog=space.name)
    url = url_for("blog.new_article", slug=slug)
    return Place(title, url, space.audience_id, prepare_article)


@draft_place(SUBJECT)
def place_of_edit(public_id: str, viewer: Viewer) -> Place | None:
    article = session.scalar(
        select(Article).where(Article.public_id == public_id, visible(Article, viewer))
    )
    if article is None:
        return None
    url = url_for("blog.edit", public_id=public_id)
    return Place(article.title, url, article.audience_id, prepare_article)
