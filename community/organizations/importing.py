"""Organizations from a CSV file: all of them, or none and the row that is wrong."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from community.database import action, session
from community.errors import Conflict, Invalid, Refusal
from community.organizations.actions import (
    OrganizationFacts,
    change_organization,
    check_organization,
    create_organization,
    set_domain_rule,
)
from community.organizations.models import Organization, OrganizationType
from community.policy import authorize
from community.viewer import Viewer

COLUMNS = {"name", "type", "plan", "value", "external_id", "domain"}


@dataclass
class ImportReport:
    read: int = 0
    added: int = 0
    updated: int = 0


@action
def import_organizations(lines: Iterable[str], *, by: Viewer) -> ImportReport:
    """Add or update an organization for each row, known by `external_id`, else by name.

    A row that cannot be taken undoes them all; a second run changes nothing. The column `domain`
    also says that people with such addresses belong to it.
    """
    authorize(by, "organization.manage")
    rows = csv.DictReader(lines, strict=True)
    _check_columns(rows.fieldnames or ())
    report = ImportReport()
    try:
        for row in rows:
            report.read += 1
            _take(row, report, by)
    except (Refusal, csv.Error) as fault:
        reason = getattr(fault, "message", "") or str(fault)
        number = f"{report.read + 1:,}"
        raise Invalid(
            {
                "file": _(
                    "Row %(number)s: %(reason)s Nothing was imported.", number=number, reason=reason
                )
            }
        ) from None
    return report


def _check_columns(names: Iterable[str]) -> None:
    unknown = set(names) - COLUMNS
    if "name" not in names or unknown:
        raise Invalid(
            {
                "file": _(
                    "The first row names the columns: name, and if you like type, plan, value, "
                    "external_id, domain. Nothing was imported."
                )
            }
        )


def _take(row: dict, report: ImportReport, by: Viewer) -> None:
    if None in row or None in row.values():
        raise Conflict(_("It has another number of columns than the first row."))
    facts = check_organization(row)
    found = _known(facts)
    if found is None:
        found = create_organization(facts, by=by)
        report.added += 1
    elif any(getattr(found, name) != value for name, value in vars(facts).items()):
        change_organization(found, facts, by=by)
        report.updated += 1
    if row.get("domain", "").strip():
        segment = "partner" if facts.type == OrganizationType.PARTNER else "customer"
        set_domain_rule(row["domain"], segment, by=by, organization=found)


def _known(facts: OrganizationFacts) -> Organization | None:
    if facts.external_id:
        by_id = select(Organization).where(Organization.external_id == facts.external_id)
        if found := session.scalar(by_id):
            return found
    return session.scalar(select(Organization).where(Organization.name == facts.name))
