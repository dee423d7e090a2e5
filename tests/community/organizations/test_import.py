"""Organizations from a file: all of them, or none and the row that is wrong."""

import pytest
from sqlalchemy import select

from community.audit import AuditEntry
from community.database import session
from community.errors import Forbidden, Invalid, NotSignedIn
from community.organizations.importing import import_organizations
from community.organizations.models import DomainRule, Organization
from community.viewer import SYSTEM

GOOD = [
    "name,type,plan,value,external_id,domain\n",
    "Alder Mills,customer,gold,12000,C-1,alder.example\n",
    '"Birch, Sons",partner,,,C-2,\n',
]


def names():
    return set(session.scalars(select(Organization.name)))


def test_each_row_becomes_an_organization_with_its_domain(app, cast):
    report = import_organizations(GOOD, by=cast.viewer("al"))
    assert (report.read, report.added, report.updated) == (2, 2, 0)
    alder = session.scalars(select(Organization).where(Organization.external_id == "C-1")).one()
    assert (alder.name, alder.plan, alder.value) == ("Alder Mills", "gold", 12_000)
    rule = session.scalars(select(DomainRule)).one()
    assert (rule.domain, rule.organization_id) == ("alder.example", alder.id)


def test_a_second_run_changes_nothing(cast):
    import_organizations(GOOD, by=SYSTEM)
    deeds = len(session.scalars(select(AuditEntry.id)).all())
    report = import_organizations(GOOD, by=SYSTEM)
    assert (report.added, report.updated) == (0, 0)
    assert len(session.scalars(select(Organization.id)).all()) == 4
    assert len(session.scalars(select(AuditEntry.id)).all()) <= deeds + 1


def test_a_changed_row_changes_its_organization(cast):
    import_organizations(GOOD, by=SYSTEM)
    renamed = [GOOD[0], GOOD[1].replace("Alder Mills", "Alder Works")]
    assert import_organizations(renamed, by=SYSTEM).updated == 1
    assert "Alder Works" in names() and "Alder Mills" not in names()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Cedar,customer,gold,many,C-3,\n", "The value is a whole number"),
        ("Cedar,friend,gold,1,C-3,\n", "The type is customer, partner or prospect."),
        (",customer,gold,1,C-3,\n", "A name is needed."),
        ("Cedar,customer,gold,1,C-3,not a domain\n", "Write the domain like example.com."),
        ("Cedar,customer\n", "another number of columns"),
        ("x" * 121 + ",customer,,,,\n", "121 characters; at most 120."),
    ],
)
def test_one_wrong_row_among_thousands_undoes_them_all(app, cast, row, said):
    rows = [GOOD[0], *(f"Company {n},customer,,,N-{n},\n" for n in range(300)), row, GOOD[1]]
    with pytest.raises(Invalid) as refused:
        import_organizations(rows, by=SYSTEM)
    assert refused.value.message.startswith("Row 302: ")
    assert said in refused.value.message
    assert refused.value.message.endswith("Nothing was imported.")
    assert names() == {"Nordlicht", "Harbour"}


@pytest.mark.parametrize("heading", ["title,plan\n", "name,password\n", "\n", ""])
def test_other_columns_are_refused(cast, heading):
    with pytest.raises(Invalid):
        import_organizations([heading, "a,b\n"], by=SYSTEM)


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("ada", Forbidden), ("eve", Forbidden), ("mo", Forbidden), ("visitor", NotSignedIn)],
)
def test_only_administrators_import(cast, name, refusal):
    with pytest.raises(refusal):
        import_organizations(GOOD, by=cast.viewer(name))


def test_the_console_says_what_it_did_and_what_is_wrong(cast, house, tmp_path):
    file = tmp_path / "companies.csv"
    file.write_text("".join(GOOD))
    run = house.test_cli_runner().invoke
    assert "2 rows read: 2 added" in run(args=["import", "organizations", str(file)]).output
    file.write_text("name,value\nCedar,lots\n")
    said = run(args=["import", "organizations", str(file)])
    assert said.exit_code == 1 and "Row 2: The value is a whole number" in said.output
