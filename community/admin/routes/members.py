"""Finding members and administering them."""

from flask import flash, render_template, request
from flask_babel import gettext as _

from community.admin import queries
from community.admin.deeds import deeds_about
from community.admin.routes.blueprint import bp
from community.credentials.queries import address_of
from community.errors import Invalid, NotFound
from community.limits import limit
from community.members import administration
from community.members.actions import Place
from community.members.models import Member, MemberState, Role, Segment
from community.members.policy import roles_of
from community.organizations.queries import (
    all_organizations,
    all_units,
    find_organization,
    find_unit,
)
from community.viewer import current_viewer
from community.web import access, see_other


@bp.get("")
@access("admin.open")
def index():
    return see_other("/admin/members")


@bp.get("/members")
@access("admin.open")
def list_members():
    asked = {name: request.args.get(name, "")[:80] for name in ("q", "segment", "state")}
    page = queries.members_found(
        asked["q"], asked["segment"], asked["state"], request.args.get("after")
    )
    return render_template(
        "admin/members.html", page=page, asked=asked, segments=list(Segment), states=MemberState
    )


@bp.get("/members/<public_id>")
@access("admin.open")
def show_member(public_id: str):
    return _member_page(queries.find_member_by_id(public_id), {})


@bp.post("/members/<public_id>/place")
@access("admin.open")
@limit("60/minute")
def change_place(public_id: str):
    return _do(
        public_id, lambda member, **how: administration.change_place(member, _place(), **how)
    )


@bp.post("/members/<public_id>/roles")
@access("admin.open")
@limit("60/minute")
def change_roles(public_id: str):
    roles = frozenset(request.form.getlist("roles"))
    return _do(public_id, lambda member, **how: administration.change_roles(member, roles, **how))


@bp.post("/members/<public_id>/suspension")
@access("admin.open")
@limit("60/minute")
def suspend(public_id: str):
    return _do(public_id, administration.suspend)


@bp.post("/members/<public_id>/suspension/delete")
@access("admin.open")
@limit("60/minute")
def reactivate(public_id: str):
    return _do(public_id, administration.reactivate)


@bp.post("/resignation")
@access("signed_in")
@limit("10/minute")
def resign():
    viewer = current_viewer()
    if viewer.member is None:
        raise NotFound
    administration.resign(viewer.member, by=viewer)
    return see_other(f"/people/{viewer.member.username}")


def _do(public_id: str, deed):
    member = queries.find_member_by_id(public_id)
    try:
        deed(member, by=current_viewer(), reason=request.form.get("reason", ""))
    except Invalid as refusal:
        return _member_page(member, refusal.errors), 422
    flash(_("Done, and written into the audit log."), "good")
    return see_other(f"/admin/members/{public_id}")


def _place() -> Place:
    form = request.form
    segment = form.get("segment", "")
    if segment not in set(Segment):
        raise Invalid({"segment": _("Choose a segment.")})
    organization, unit = form.get("organization"), form.get("unit")
    return Place(
        segment=Segment(segment),
        organization_id=find_organization(organization).id if organization else None,
        unit_id=find_unit(unit).id if unit else None,
    )


def _member_page(member: Member, errors: dict[str, str]) -> str:
    return render_template(
        "admin/member.html",
        member=member,
        address=address_of(member),
        roles=roles_of(member),
        all_roles=list(Role),
        segments=list(Segment),
        organizations=all_organizations(),
        units=all_units(),
        deeds=deeds_about(member),
        errors=errors,
    )
