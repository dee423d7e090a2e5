"""The members of the standard world and its spaces."""

from dataclasses import dataclass

from sqlalchemy import insert

from community import clock
from community.audiences import Level, set_grant
from community.database import session
from community.members.models import Member, Profile, Segment
from community.organizations.actions import add_organization, add_unit
from community.organizations.models import Organization, Unit
from community.spaces.models import Space, SpaceKind
from tests.world import group, open_space
from tests.world import settle as settle_cast

CATEGORIES, ORGANIZATIONS = 16, 40
EMPLOYEES = 0.15


@dataclass(frozen=True)
class Room:
    """What rows need to know of a space."""

    id: int
    audience_id: int
    questions: bool


@dataclass(frozen=True)
class Spaces:
    categories: list[Room]
    board: Room
    wiki: Room
    members: list[int]


def settle(members: int) -> Spaces:
    """The tests' cast, whom the bench signs in, and the crowd; joins a write transaction."""
    settle_cast()
    organizations = [add_organization(f"Organization {n}") for n in range(ORGANIZATIONS)]
    units = [add_unit(f"Unit {n}") for n in range(4)]
    _crowd(members, organizations, units)
    categories = [_category(number) for number in range(CATEGORIES)]
    board = open_space("ideas", SpaceKind.BOARD, everyone=Level.SEE, members=Level.CREATE)
    wiki = open_space("manual", SpaceKind.WIKI, everyone=Level.SEE, members=Level.CREATE)
    rooms = [Room(one.id, one.audience_id, one.questions) for one in (*categories, board, wiki)]
    return Spaces(rooms[:-2], rooms[-2], rooms[-1], list(range(100, 100 + members)))


def _crowd(count: int, organizations: list[Organization], units: list[Unit]) -> None:
    now, rows, profiles = clock.now(), [], []
    for number in range(100, 100 + count):
        employee = number % 100 < EMPLOYEES * 100
        rows.append(
            {
                "id": number,
                "segment": Segment.EMPLOYEE if employee else Segment.CUSTOMER,
                "organization_id": None if employee else organizations[number % ORGANIZATIONS].id,
                "unit_id": units[number % len(units)].id if employee else None,
                "joined_at": now,
            }
        )
        name = f"member{number}"
        profiles.append(
            {
                "member_id": number,
                "username": name,
                "username_folded": name,
                "username_skeleton": name,
                "name": f"Member Number{number}",
            }
        )
    session.execute(insert(Member), rows)
    session.execute(insert(Profile), profiles)


def _category(number: int) -> Space:
    """Every eighth is for employees alone, every fourth has questions."""
    if number % 8 == 7:
        space = open_space(f"category{number}")
        set_grant(space.audience, Level.CREATE, group=group("segment:employee"))
        return space
    return open_space(
        f"category{number}",
        everyone=Level.SEE,
        members=Level.CREATE,
        questions=number % 4 == 0,
        position=number,
    )
