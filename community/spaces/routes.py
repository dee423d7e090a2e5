"""Opening spaces, and what their owners decide."""

from typing import Any

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _

from community.audiences import Level
from community.errors import Invalid, NotFound, Refusal
from community.limits import limit
from community.members.queries import find_member
from community.policy import can
from community.spaces import actions, queries
from community.spaces.addresses import space_url
from community.spaces.models import Space, SpaceKind
from community.spaces.wording import KINDS, LEVELS
from community.viewer import current_viewer
from community.web import access, see_other

bp = Blueprint("spaces", __name__)


@bp.get("/admin/spaces")
@access("space.create")
def index():
    return _index()


@bp.post("/admin/spaces")
@access("space.create")
@limit("30/minute")
def create():
    form = request.form
    try:
        space = actions.create_space(
            _kind(form.get("kind", "")),
            form.get("name", ""),
            by=current_viewer(),
            about=form.get("about", ""),
            parent=_parent(form.get("parent", "")),
        )
    except Invalid as refusal:
        return _index(refusal), refusal.status
    flash(_("The space is open to nobody yet: say below who may do what in it."))
    return see_other(f"/spaces/{space.slug}/settings")


@bp.get("/spaces/<slug>/settings")
@access("signed_in")
def show_settings(slug: str):
    return _settings(_own(slug))


@bp.post("/spaces/<slug>/settings")
@access("signed_in")
@limit("30/minute")
def change(slug: str):
    space, form = _own(slug), request.form
    facts = actions.SpaceFacts(
        name=form.get("name", ""),
        about=form.get("about", ""),
        position=form.get("position", 0, type=int),
        questions="questions" in form,
        announcements="announcements" in form,
        archived="archived" in form,
    )
    try:
        actions.change_space(space, facts, by=current_viewer())
    except Invalid as refusal:
        return _settings(space, refusal), refusal.status
    return see_other(f"/spaces/{slug}/settings")


@bp.post("/spaces/<slug>/grants")
@access("signed_in")
@limit("60/minute")
def grant(slug: str):
    space, form = _own(slug), request.form
    try:
        level = _level(form.get("level", ""))
        grantee = _grantee(form.get("group", ""), form.get("member", ""))
        actions.grant_level(space, level, by=current_viewer(), **grantee)
    except Refusal as refusal:
        return _settings(space, refusal), refusal.status
    return see_other(f"/spaces/{slug}/settings")


def _own(slug: str) -> Space:
    """The space, for who owns it; to everybody else this page does not exist."""
    space = queries.find_space(slug, current_viewer())
    if not can(current_viewer(), "space.change", space):
        raise NotFound
    return space


def _index(refusal: Invalid | None = None) -> str:
    return render_template(
        "spaces/index.html", spaces=queries.all_spaces(), kinds=KINDS, refusal=refusal
    )


def _settings(space: Space, refusal: Refusal | None = None) -> str:
    return render_template(
        "spaces/settings.html",
        space=space,
        url=space_url(space),
        grants=queries.grants_in(space),
        groups=queries.grantable_groups(current_viewer()),
        levels=LEVELS,
        kinds=KINDS,
        refusal=refusal,
    )


def _kind(word: str) -> SpaceKind:
    try:
        return SpaceKind(word)
    except ValueError:
        raise Invalid({"kind": _("Choose what kind of space it is.")}) from None


def _parent(slug: str) -> Space | None:
    return queries.find_space(slug, current_viewer()) if slug else None


def _level(word: str) -> Level:
    try:
        return Level(int(word))
    except ValueError:
        raise Invalid({"level": _("Choose what they may do.")}) from None


def _grantee(group_slug: str, username: str) -> dict[str, Any]:
    viewer = current_viewer()
    if username.strip():
        try:
            return {"member": find_member(username.strip().lstrip("@"), viewer)}
        except NotFound:
            raise Invalid({"member": _("Nobody has this username.")}) from None
    for group in queries.grantable_groups(viewer):
        if group.slug == group_slug:
            return {"group": group}
    raise Invalid({"group": _("Choose a group, or name a member.")})
