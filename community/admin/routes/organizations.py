"""Organizations, units and the domains that place people."""

import io

from flask import flash, render_template, request
from flask_babel import gettext as _

from community.admin.queries import find_domain_rule
from community.admin.routes.blueprint import bp
from community.errors import Conflict, Invalid, Refusal
from community.limits import limit
from community.members.models import Member, Segment
from community.organizations import actions, queries
from community.organizations.importing import import_organizations
from community.organizations.models import OrganizationType
from community.viewer import current_viewer
from community.web import access, see_other


@bp.get("/organizations")
@access("organization.manage")
def list_organizations():
    return _organizations({})


@bp.post("/organizations")
@access("organization.manage")
@limit("60/minute")
def add_organization():
    try:
        facts = actions.check_organization(request.form.to_dict())
        actions.create_organization(facts, by=current_viewer())
    except Refusal as refusal:
        return _organizations(_errors(refusal)), refusal.status
    return see_other("/admin/organizations")


@bp.post("/organizations/import")
@access("organization.manage")
@limit("10/minute")
def import_file():
    file = request.files.get("file")
    try:
        lines = _lines(file.read() if file else b"")
        report = import_organizations(lines, by=current_viewer())
    except Invalid as refusal:
        return _organizations(refusal.errors), 422
    counts = {"read": report.read, "added": report.added, "updated": report.updated}
    flash(_("%(read)s rows read: %(added)s added, %(updated)s changed.", **counts), "good")
    return see_other("/admin/organizations")


@bp.get("/organizations/<public_id>")
@access("organization.manage")
def edit_organization(public_id: str):
    organization = queries.find_organization(public_id)
    return _organization(organization, {})


@bp.post("/organizations/<public_id>")
@access("organization.manage")
@limit("60/minute")
def save_organization(public_id: str):
    organization = queries.find_organization(public_id)
    try:
        facts = actions.check_organization(request.form.to_dict())
        actions.change_organization(organization, facts, by=current_viewer())
    except Refusal as refusal:
        return _organization(organization, _errors(refusal)), refusal.status
    return see_other("/admin/organizations")


@bp.get("/units")
@access("organization.manage")
def list_units():
    return _units({})


@bp.post("/units")
@access("organization.manage")
@limit("60/minute")
def add_unit():
    try:
        actions.create_unit(request.form.get("name", ""), by=current_viewer())
    except Refusal as refusal:
        return _units(_errors(refusal)), refusal.status
    return see_other("/admin/units")


@bp.post("/units/<public_id>")
@access("organization.manage")
@limit("60/minute")
def rename_unit(public_id: str):
    try:
        unit = queries.find_unit(public_id)
        actions.rename_unit(unit, request.form.get("name", ""), by=current_viewer())
    except (Invalid, Conflict) as refusal:
        return _units(_errors(refusal)), refusal.status
    return see_other("/admin/units")


@bp.get("/domains")
@access("organization.manage")
def list_domains():
    return _domains({})


@bp.post("/domains")
@access("organization.manage")
@limit("60/minute")
def set_domain():
    form = request.form
    organization, unit = form.get("organization"), form.get("unit")
    try:
        actions.set_domain_rule(
            form.get("domain", ""),
            form.get("segment", ""),
            by=current_viewer(),
            organization=queries.find_organization(organization) if organization else None,
            unit=queries.find_unit(unit) if unit else None,
        )
    except Invalid as refusal:
        return _domains(refusal.errors), 422
    return see_other("/admin/domains")


@bp.post("/domains/<domain>/delete")
@access("organization.manage")
@limit("60/minute")
def remove_domain(domain: str):
    actions.remove_domain_rule(find_domain_rule(domain), by=current_viewer())
    return see_other("/admin/domains")


def _lines(content: bytes) -> io.StringIO:
    try:
        return io.StringIO(content.decode("utf-8-sig"), newline="")
    except UnicodeDecodeError:
        raise Invalid({"file": _("The file is not UTF-8. Nothing was imported.")}) from None


def _errors(refusal: Refusal) -> dict[str, str]:
    return getattr(refusal, "errors", None) or {"name": refusal.message}


def _organizations(errors: dict[str, str]) -> str:
    words = request.args.get("q", "")[:80]
    page = queries.organizations_page(request.args.get("after"), words)
    people = queries.people_by(Member.organization_id, [row.id for row in page.items])
    return render_template(
        "admin/organizations.html",
        page=page,
        people=people,
        words=words,
        types=list(OrganizationType),
        errors=errors,
    )


def _organization(organization, errors: dict[str, str]) -> str:
    return render_template(
        "admin/organization.html",
        organization=organization,
        types=list(OrganizationType),
        errors=errors,
    )


def _units(errors: dict[str, str]) -> str:
    units = queries.all_units()
    people = queries.people_by(Member.unit_id, [unit.id for unit in units])
    return render_template("admin/units.html", units=units, people=people, errors=errors)


def _domains(errors: dict[str, str]) -> str:
    return render_template(
        "admin/domains.html",
        rules=queries.all_domain_rules(),
        segments=[segment for segment in Segment if segment != Segment.BOT],
        organizations=queries.all_organizations(),
        units=queries.all_units(),
        errors=errors,
    )
