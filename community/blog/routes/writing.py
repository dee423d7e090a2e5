"""Drafting and revising articles."""

from typing import Any

from flask import render_template, request

from community.attachments.forms import posted_text
from community.blog.actions import prepare_article, write_article
from community.blog.forms import save_article
from community.blog.models import Article
from community.blog.queries import find_article, find_blog
from community.blog.routes.blueprint import bp
from community.blog.subjects import article_url
from community.errors import NotFound, Refusal
from community.limits import limit
from community.markup import Row, side_by_side
from community.policy import authorize
from community.spaces.models import Space
from community.texts.drafts import draft_at
from community.texts.merging import Stale
from community.texts.preparation import with_plain_line_ends
from community.viewer import current_viewer
from community.web import access, see_other


@bp.get("/blogs/<slug>/-/new")
@access("signed_in")
def new_article(slug: str) -> Any:
    viewer = current_viewer()
    space = find_blog(slug, viewer)
    authorize(viewer, "article.write", space)
    return _new_form(space, None)


@bp.post("/blogs/<slug>/-/new")
@access("signed_in")
@limit("10/minute")
def create(slug: str) -> Any:
    """A draft; it is published from its own page, where its author sees it as readers will."""
    viewer = current_viewer()
    space, form = find_blog(slug, viewer), request.form
    try:
        authorize(viewer, "article.write", space)
        article = write_article(
            space,
            form.get("title", ""),
            prepare_article(posted_text(viewer)),
            by=viewer,
            excerpt=form.get("excerpt", ""),
            submission=form.get("submission", ""),
        )
    except Refusal as refusal:
        return _new_form(space, refusal)
    return see_other(article_url(article))


def _new_form(space: Space, refusal: Refusal | None) -> Any:
    """The empty form, the draft, or what was typed."""
    if isinstance(refusal, NotFound):
        raise refusal
    draft = draft_at(f"blog:{space.slug}", current_viewer())
    written = request.form if refusal else draft.fields if draft else {}
    page = render_template("blog/new.html", space=space, written=written, refusal=refusal)
    return page, refusal.status if refusal else 200


@bp.get("/articles/<public_id>/edit")
@access("signed_in")
def edit(public_id: str) -> Any:
    viewer = current_viewer()
    article = find_article(public_id, viewer)
    authorize(viewer, "article.edit", article)
    return _edit_form(article, None)


@bp.post("/articles/<public_id>/edit")
@access("signed_in")
@limit("20/minute")
def change(public_id: str) -> Any:
    viewer = current_viewer()
    article = find_article(public_id, viewer)
    try:
        save_article(article, request.form, posted_text(viewer), by=viewer)
    except Refusal as refusal:
        return _edit_form(article, refusal)
    return see_other(article_url(article))


def _edit_form(article: Article, refusal: Refusal | None) -> Any:
    """With what was typed; after a conflict beside what stands there now, to be compared."""
    if isinstance(refusal, NotFound):
        raise refusal
    draft = draft_at(f"article:{article.public_id}", current_viewer())
    stale = isinstance(refusal, Stale)
    page = render_template(
        "blog/edit.html",
        article=article,
        written=request.form if refusal else draft.fields if draft else {},
        stale=stale,
        rows=_compared(article) if stale else None,
        refusal=refusal,
    )
    return page, refusal.status if refusal else 200


def _compared(article: Article) -> list[Row]:
    typed = with_plain_line_ends(request.form.get("text", ""))
    return side_by_side(article.text.source, typed)
