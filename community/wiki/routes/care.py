"""Moving a page, taking it away and bringing it back."""

from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _

from community.errors import NotFound, Refusal
from community.limits import limit
from community.policy import authorize, find_visible
from community.viewer import current_viewer
from community.web import access, see_other
from community.wiki import care
from community.wiki.models import Page
from community.wiki.queries import count_backlinks, find_page
from community.wiki.routes.blueprint import bp
from community.wiki.subjects import page_url


@bp.get("/wiki/<slug>/<path:path>/-/move")
@access("signed_in")
def show_move(slug: str, path: str) -> Any:
    page = find_page(slug, path, current_viewer())
    authorize(current_viewer(), "page.move", page)
    return _move_form(page, None)


@bp.post("/wiki/<slug>/<path:path>/-/move")
@access("signed_in")
@limit("10/minute")
def move(slug: str, path: str) -> Any:
    page = find_page(slug, path, current_viewer())
    try:
        care.move_page(page, request.form.get("path", ""), by=current_viewer())
    except Refusal as refusal:
        return _move_form(page, refusal)
    flash(_("Moved. Old links lead here."))
    return see_other(page_url(page))


def _move_form(page: Page, refusal: Refusal | None) -> Any:
    if isinstance(refusal, NotFound):
        raise refusal
    linked = count_backlinks(page, current_viewer())
    answer = render_template("wiki/move.html", page=page, linked=linked, refusal=refusal)
    return answer, refusal.status if refusal else 200


@bp.post("/wiki/<slug>/<path:path>/-/deletion")
@access("signed_in")
@limit("20/minute")
def delete(slug: str, path: str) -> Any:
    page = find_page(slug, path, current_viewer())
    care.delete_page(page, by=current_viewer())
    flash(_("The page was deleted. You can restore it here."))
    return see_other(page_url(page))


@bp.post("/wiki/<slug>/<path:path>/-/hiding")
@access("signed_in")
@limit("20/minute")
def hide(slug: str, path: str) -> Any:
    page = find_page(slug, path, current_viewer())
    care.hide_page(page, by=current_viewer())
    return see_other(page_url(page))


@bp.post("/wiki/-/restorations/<public_id>")
@access("signed_in")
@limit("20/minute")
def restore(public_id: str) -> Any:
    """By its id, because another page may stand at its address by now."""
    page = find_visible(Page, public_id, current_viewer())
    care.restore_page(page, by=current_viewer())
    return see_other(page_url(page))
