"""Home and the lists of topics."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from community.errors import NotFound
from community.forum import queries
from community.forum.listing import around, rows
from community.forum.queries import AT_HOME
from community.forum.routes.blueprint import bp
from community.forum.unread import mark_read
from community.keeping.pages import kept
from community.limits import limit
from community.spaces.models import SpaceKind
from community.spaces.queries import find_space, spaces_for
from community.viewer import current_viewer
from community.web import access, local_path, see_other


def _token() -> str | None:
    return request.args.get("after")


@bp.get("/")
@access("anyone")
@kept()
def home() -> Any:
    """What is new for you; for a visitor, what is going on."""
    viewer = current_viewer()
    topics = queries.unread_topics if viewer.member else queries.latest_topics
    page = topics(viewer, limit=AT_HOME)
    waiting = queries.unanswered_topics(viewer, limit=5).items
    return render_template(
        "forum/home.html", waiting=waiting, **rows(page, viewer), **around(viewer)
    )


@bp.get("/latest")
@access("anyone")
@kept("after")
def latest() -> Any:
    viewer = current_viewer()
    page = queries.latest_topics(viewer, token=_token())
    return render_template("forum/latest.html", **rows(page, viewer), **around(viewer))


@bp.get("/unread")
@access("signed_in")
def unread() -> Any:
    viewer = current_viewer()
    page = queries.unread_topics(viewer, token=_token())
    return render_template("forum/unread.html", **rows(page, viewer), **around(viewer))


@bp.get("/unanswered")
@access("anyone")
@kept("after")
def unanswered() -> Any:
    viewer = current_viewer()
    page = queries.unanswered_topics(viewer, token=_token())
    return render_template("forum/unanswered.html", **rows(page, viewer), **around(viewer))


@bp.get("/top", defaults={"period": "month"})
@bp.get("/top/<period>")
@access("anyone")
@kept("after")
def top(period: str) -> Any:
    if period not in queries.PERIODS:
        raise NotFound
    viewer = current_viewer()
    page = queries.top_topics(viewer, period, token=_token())
    return render_template("forum/top.html", period=period, **rows(page, viewer), **around(viewer))


@bp.get("/c/<slug>")
@access("anyone")
@kept("after")
def show_space(slug: str) -> Any:
    """A category with those inside it; what is pinned stands first."""
    viewer = current_viewer()
    space = find_space(slug, viewer)
    if space.kind not in (SpaceKind.CATEGORY, SpaceKind.GROUP):
        raise NotFound
    side = around(viewer, space=space)
    page = queries.latest_topics(viewer, spaces=[space, *side["children"]], token=_token())
    pinned = [] if _token() else queries.pinned_topics(viewer, space)
    return render_template("forum/space.html", **rows(page, viewer, first=pinned), **side)


@bp.post("/unread/marks")
@access("signed_in")
@limit("20/minute")
def mark_all_read() -> Any:
    viewer = current_viewer()
    slug = request.form.get("space")
    count = mark_read(by=viewer, space=find_space(slug, viewer) if slug else None)
    flash(ngettext("%(num)d topic marked as read.", "%(num)d topics marked as read.", count))
    return see_other(local_path(request.form.get("next"), url_for("forum.latest")))


@bp.get("/topics/new")
@access("signed_in")
def choose_space() -> Any:
    """Where to write, for who comes from nowhere in particular."""
    viewer = current_viewer()
    spaces = spaces_for(viewer, SpaceKind.CATEGORY)
    return render_template("forum/choose.html", title=_("New topic"), spaces=spaces)
