"""What a page was before: its history, one revision, any two of them compared."""

from typing import Any

from community.texts import pages
from community.viewer import current_viewer
from community.web import access
from community.wiki.queries import find_page
from community.wiki.routes.blueprint import bp


@bp.get("/wiki/<slug>/<path:path>/-/history")
@access("anyone")
def show_history(slug: str, path: str) -> Any:
    return pages.history_page(find_page(slug, path, current_viewer()))


@bp.get("/wiki/<slug>/<path:path>/-/revision/<int:number>")
@access("anyone")
def show_revision(slug: str, path: str, number: int) -> Any:
    return pages.revision_page(find_page(slug, path, current_viewer()), number)


@bp.get("/wiki/<slug>/<path:path>/-/diff")
@access("anyone")
def show_difference(slug: str, path: str) -> Any:
    return pages.difference_page(find_page(slug, path, current_viewer()))
