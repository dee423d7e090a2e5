"""Groups: the list, a group's page, joining, leaving and looking after one."""

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _

from community.errors import Invalid, NotFound, Refusal
from community.groups import actions, queries
from community.groups.models import Group
from community.limits import limit
from community.members.models import Member
from community.members.queries import find_member
from community.policy import authorize, can, find_visible
from community.viewer import current_viewer
from community.web import access, see_other

bp = Blueprint("groups", __name__)


@bp.get("/groups")
@access("signed_in")
def index():
    page = queries.groups_page(current_viewer(), request.args.get("after"))
    return render_template("groups/index.html", page=page, sizes=queries.sizes_of(page.items))


@bp.get("/groups/new")
@access("group.create")
def new():
    return render_template("groups/edit.html", group=None, typed={}, errors={})


@bp.post("/groups")
@access("signed_in")
@limit("10/hour")
def create():
    try:
        group = actions.create_group(by=current_viewer(), **_typed())
    except Invalid as refusal:
        return _form_again(None, refusal)
    return see_other(f"/groups/{group.slug}")


@bp.get("/groups/<slug>")
@access("signed_in")
def show(slug: str):
    viewer = current_viewer()
    group = queries.find_group(slug, viewer)
    manages = can(viewer, "group.manage", group)
    return render_template(
        "groups/show.html",
        group=group,
        page=queries.people_of(group, viewer, request.args.get("after")),
        size=queries.sizes_of([group]).get(group.id, 0),
        belongs=group.id in viewer.groups,
        requested=queries.has_requested(group, viewer),
        requests=queries.requests_for(group) if manages else (),
    )


@bp.get("/groups/<slug>/edit")
@access("signed_in")
def edit(slug: str):
    group = queries.find_group(slug, current_viewer())
    authorize(current_viewer(), "group.manage", group)
    return render_template("groups/edit.html", group=group, typed=group, errors={})


@bp.post("/groups/<slug>/edit")
@access("signed_in")
@limit("30/minute")
def save(slug: str):
    group = queries.find_group(slug, current_viewer())
    try:
        actions.change_group(group, by=current_viewer(), **_typed())
    except Invalid as refusal:
        return _form_again(group, refusal)
    return see_other(f"/groups/{slug}")


@bp.post("/groups/<slug>/membership")
@access("signed_in")
@limit("30/minute")
def join(slug: str):
    actions.join_group(queries.find_group(slug, current_viewer()), by=current_viewer())
    return see_other(f"/groups/{slug}")


@bp.post("/groups/<slug>/membership/delete")
@access("signed_in")
@limit("30/minute")
def leave(slug: str):
    group = queries.find_group(slug, current_viewer())
    actions.leave_group(group, by=current_viewer())
    return see_other("/groups" if group.hidden else f"/groups/{slug}")


@bp.post("/groups/<slug>/request")
@access("signed_in")
@limit("30/minute")
def ask(slug: str):
    actions.request_to_join(queries.find_group(slug, current_viewer()), by=current_viewer())
    flash(_("The owners of the group have your request."), "good")
    return see_other(f"/groups/{slug}")


@bp.post("/groups/<slug>/members")
@access("signed_in")
@limit("60/minute")
def invite(slug: str):
    """By the username typed."""
    viewer = current_viewer()
    group = queries.find_group(slug, viewer)
    authorize(viewer, "group.manage", group)
    try:
        member = find_member(request.form.get("username", "").strip().removeprefix("@"), viewer)
    except NotFound:
        flash(_("There is nobody of this name."), "bad")
        return see_other(f"/groups/{slug}")
    actions.admit(group, member, by=viewer)
    return see_other(f"/groups/{slug}")


VERBS = {
    "admission": actions.admit,
    "refusal": actions.decline,
    "removal": actions.take_out,
    "ownership": lambda group, member, by: actions.set_owner(group, member, True, by=by),
    "retirement": lambda group, member, by: actions.set_owner(group, member, False, by=by),
}


@bp.post(
    "/groups/<slug>/members/<public_id>/<any(admission,refusal,removal,ownership,retirement):what>"
)
@access("signed_in")
@limit("60/minute")
def decide(slug: str, public_id: str, what: str):
    """What an owner does about one person."""
    viewer = current_viewer()
    group = queries.find_group(slug, viewer)
    VERBS[what](group, find_visible(Member, public_id, viewer), by=viewer)
    return see_other(f"/groups/{slug}")


def _typed() -> dict:
    form = request.form
    named = {name: form.get(name, "") for name in ("name", "about", "join_rule")}
    return named | {"hidden": "hidden" in form}


def _form_again(group: Group | None, refusal: Refusal):
    errors = getattr(refusal, "errors", {})
    return render_template(
        "groups/edit.html", group=group, typed=request.form, errors=errors
    ), refusal.status
