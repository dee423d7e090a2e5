"""A page: reading it, beginning it and changing it."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from community.attachments.forms import posted_text
from community.errors import NotFound, Refusal
from community.keeping.pages import kept, made_from
from community.limits import limit
from community.markup import Row, headings_of, side_by_side
from community.policy import authorize, can
from community.spaces.models import Space
from community.texts.drafts import draft_at
from community.texts.merging import Stale
from community.texts.preparation import with_plain_line_ends
from community.threads.conversation import open_conversation
from community.viewer import current_viewer
from community.web import access, see_other
from community.wiki.actions import create_page
from community.wiki.forms import PageGone, path_asked, save_page
from community.wiki.links import prepare_for
from community.wiki.models import Page
from community.wiki.opening import open_page
from community.wiki.paths import path_of
from community.wiki.queries import (
    find_page,
    find_wiki,
    others_editing,
    page_at,
    page_once_at,
)
from community.wiki.routes.blueprint import bp
from community.wiki.subjects import page_url
from community.wiki.tree import Surroundings, around_path, way_to


@bp.get("/wiki/<slug>/<path:path>")
@access("anyone")
@kept("post")
def show(slug: str, path: str) -> Any:
    found = open_page(slug, path, current_viewer())
    if found is None:
        return _nothing_here(find_wiki(slug, current_viewer()), path)
    page, around = found
    if page.path != path:
        return redirect(page_url(page), code=301)
    return _page(page, around)


def _page(page: Page, around: Surroundings) -> Any:
    made_from(page, page.thread, page.space)
    return render_template(
        "wiki/page.html",
        page=page,
        around=around,
        way=way_to(page.path, around.tree),
        headings=headings_of(page.text.html),
        talk=open_conversation(page.thread, current_viewer()),
    )


def _nothing_here(space: Space, path: str) -> Any:
    """Where a page was moved from, to it; an offer to begin one, to those alone who may."""
    moved = page_once_at(space, path, current_viewer())
    if moved:
        return redirect(page_url(moved), code=301)
    if not can(current_viewer(), "page.create", space):
        raise NotFound
    around = around_path(space, path, current_viewer())
    page = render_template("wiki/missing.html", space=space, path=path, around=around)
    return page, 404


@bp.get("/wiki/<slug>/-/new")
@access("signed_in")
def new_page(slug: str) -> Any:
    viewer = current_viewer()
    space = find_wiki(slug, viewer)
    authorize(viewer, "page.create", space)
    return _new_form(space, None)


@bp.post("/wiki/<slug>/-/new")
@access("signed_in")
@limit("10/minute")
def create(slug: str) -> Any:
    viewer = current_viewer()
    space = find_wiki(slug, viewer)
    form = request.form
    try:
        authorize(viewer, "page.create", space)
        page = create_page(
            space,
            path_asked(form),
            form.get("title", ""),
            prepare_for(space, posted_text(viewer)),
            by=viewer,
            submission=form.get("submission", ""),
        )
    except Refusal as refusal:
        return _new_form(space, refusal)
    return see_other(page_url(page))


def _new_form(space: Space, refusal: Refusal | None) -> Any:
    """The empty form, the draft that was begun for this path, or what was typed."""
    if isinstance(refusal, NotFound):
        raise refusal
    viewer = current_viewer()
    path = request.values.get("path", "")
    draft = draft_at(f"wiki:{space.slug}", viewer)
    kept = draft.fields if draft and path in ("", draft.fields.get("path")) else {}
    page = render_template(
        "wiki/new.html",
        space=space,
        path=path,
        suggested=path.rpartition("/")[2].replace("-", " ").strip(),
        written=request.form if refusal else kept,
        standing=page_at(space.slug, path_of(path), viewer) if refusal else None,
        refusal=refusal,
    )
    return page, refusal.status if refusal else 200


@bp.get("/wiki/<slug>/<path:path>/-/edit")
@access("signed_in")
def edit(slug: str, path: str) -> Any:
    """Where nothing stands yet, the form for a new page, to those who may begin one."""
    viewer = current_viewer()
    try:
        page = find_page(slug, path, viewer)
    except NotFound:
        if not can(viewer, "page.create", find_wiki(slug, viewer)):
            raise
        return redirect(url_for("wiki.new_page", slug=slug, path=path))
    authorize(viewer, "page.edit", page)
    return _edit_form(page, None)


@bp.post("/wiki/<slug>/<path:path>/-/edit")
@access("signed_in")
@limit("20/minute")
def change(slug: str, path: str) -> Any:
    viewer = current_viewer()
    try:
        page = find_page(slug, path, viewer)
    except NotFound:
        return _taken_away(find_wiki(slug, viewer))
    try:
        save_page(page, request.form, posted_text(viewer), by=viewer, path=path)
    except Refusal as refusal:
        return _edit_form(page, refusal)
    return see_other(page_url(page))


def _taken_away(space: Space) -> Any:
    """The page was deleted while somebody was writing: they may begin it anew with their text."""
    if not can(current_viewer(), "page.create", space):
        raise NotFound
    return _new_form(
        space,
        PageGone(_("The page was taken away meanwhile. You can begin it anew with your text.")),
    )


def _edit_form(page: Page, refusal: Refusal | None) -> Any:
    """With what was typed; after a conflict beside what stands there now, to be compared."""
    if isinstance(refusal, NotFound):
        raise refusal
    viewer = current_viewer()
    draft = draft_at(f"page:{page.public_id}", viewer)
    answer = render_template(
        "wiki/edit.html",
        page=page,
        written=request.form if refusal else draft.fields if draft else {},
        stale=isinstance(refusal, Stale),
        rows=_compared(page) if isinstance(refusal, Stale) else None,
        editing=others_editing(page, viewer),
        refusal=refusal,
    )
    return answer, refusal.status if refusal else 200


def _compared(page: Page) -> list[Row]:
    typed = with_plain_line_ends(request.form.get("text", ""))
    return side_by_side(page.text.source, typed)
