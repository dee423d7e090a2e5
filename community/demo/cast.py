"""Who is in the demo: people, the organizations and units they belong to, the groups they made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from community.demo.manuscripts import read_tables
from community.demo.moments import days_ago

HERE = Path(__file__).parent
BEGINNING = 112
_BEFORE_IT_BEGAN = 150


@dataclass(frozen=True)
class Organization:
    key: str
    name: str
    domain: str
    plan: str
    type: str
    value: int


@dataclass(frozen=True)
class Person:
    """`lively`, from 0 to 5: how often they open the community."""

    key: str
    name: str
    segment: str
    unit: str | None
    organization: str | None
    headline: str
    about: str
    language: str
    roles: tuple[str, ...]
    lively: int
    joined: datetime

    @property
    def is_employee(self) -> bool:
        return self.segment == "employee"


@dataclass(frozen=True)
class Group:
    key: str
    name: str
    description: str
    owner: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Cast:
    people: dict[str, Person]
    organizations: dict[str, Organization]
    units: dict[str, str]
    groups: dict[str, Group]

    def of(self, *segments: str) -> list[Person]:
        return [person for person in self.people.values() if person.segment in segments]


def read_cast(now: datetime) -> Cast:
    files = [(path.stem, read_tables(path)) for path in sorted((HERE / "people").glob("*.toml"))]
    organizations = {
        stem: Organization(key=stem, **table.pop("organization"))
        for stem, table in files
        if "organization" in table
    }
    units: dict[str, str] = {}
    for _, table in files:
        units |= table.pop("units", {})
    people = {
        key: _person(key, facts, organizations.get(stem), now)
        for stem, table in files
        for key, facts in table.items()
    }
    groups = {
        key: Group(
            key, facts["name"], facts["description"], facts["owner"], tuple(facts["members"])
        )
        for key, facts in read_tables(HERE / "groups.toml").items()
    }
    return Cast(people, organizations, units, groups)


def members_of(cast: Cast, name: str) -> set[str]:
    """The people a grant speaks of: `members`, a segment, or `unit:`, `group:`, `member:` … KEY."""
    return set(_named(cast, *name.partition(":")[::2]))


def _named(cast: Cast, kind: str, key: str) -> Iterator[str]:
    if kind == "group":
        yield from cast.groups[key].members
    elif kind == "member":
        yield cast.people[key].key
    else:
        tests = {
            "everyone": lambda p: True,
            "members": lambda p: True,
            "unit": lambda p: p.unit == key,
            "organization": lambda p: p.organization == key,
        }
        belongs = tests.get(kind, lambda p: p.segment == kind)
        yield from (person.key for person in cast.people.values() if belongs(person))


def _person(key: str, facts: dict, organization: Organization | None, now: datetime) -> Person:
    unit = facts.get("unit")
    segment = facts.get("segment") or (
        "employee" if unit else organization.type if organization else "public"
    )
    joined = days_ago(facts.get("joined", _BEFORE_IT_BEGAN), now)
    return Person(
        key,
        facts["name"],
        segment,
        unit,
        organization.key if organization else None,
        facts["headline"],
        facts.get("about", ""),
        facts.get("language", "en"),
        tuple(facts.get("roles", ())),
        facts["lively"],
        joined,
    )
