"""The wikis, the pages of one, and what changed, is wanted or was taken away in it."""

from typing import Any

from flask import render_template, request

from community.keeping.pages import kept
from community.policy import can
from community.viewer import current_viewer
from community.web import access
from community.wiki import queries
from community.wiki.routes.blueprint import bp
from community.wiki.tree import whole_tree


@bp.get("/wiki")
@access("anyone")
@kept()
def show_wikis() -> Any:
    viewer = current_viewer()
    return render_template(
        "wiki/wikis.html",
        wikis=queries.wikis_for(viewer),
        counts=queries.page_counts(viewer),
        changes=queries.recent_changes(viewer, limit=10).items,
    )


@bp.get("/wiki/<slug>")
@access("anyone")
@kept()
def show_wiki(slug: str) -> Any:
    viewer = current_viewer()
    space = queries.find_wiki(slug, viewer)
    return render_template(
        "wiki/contents.html",
        space=space,
        tree=whole_tree(space, viewer),
        changes=queries.recent_changes(viewer, space, limit=8).items,
    )


@bp.get("/wiki/<slug>/-/changes")
@access("anyone")
def show_changes(slug: str) -> Any:
    viewer = current_viewer()
    space = queries.find_wiki(slug, viewer)
    page = queries.recent_changes(viewer, space, token=request.args.get("after"))
    return render_template("wiki/changes.html", space=space, page=page)


@bp.get("/wiki/<slug>/-/wanted")
@access("anyone")
def show_wanted(slug: str) -> Any:
    """Links to pages that nobody has written."""
    viewer = current_viewer()
    space = queries.find_wiki(slug, viewer)
    wanted = queries.wanted_pages(space, viewer)
    return render_template("wiki/wanted.html", space=space, wanted=wanted)


@bp.get("/wiki/<slug>/-/removed")
@access("signed_in")
def show_removed(slug: str) -> Any:
    viewer = current_viewer()
    space = queries.find_wiki(slug, viewer)
    pages = queries.removed_pages(space, viewer)
    return render_template("wiki/removed.html", space=space, pages=pages)


@bp.get("/wiki/-/new")
@access("signed_in")
def choose_wiki() -> Any:
    """Where to write, for who comes from nowhere in particular."""
    viewer = current_viewer()
    wikis = [space for space in queries.wikis_for(viewer) if can(viewer, "page.create", space)]
    return render_template("wiki/choose.html", wikis=wikis)
