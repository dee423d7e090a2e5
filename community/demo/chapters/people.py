"""Organizations, units, people, groups and spaces: what stands before anybody speaks."""

from datetime import timedelta

from slugify import slugify
from sqlalchemy import select

from community import clock
from community.audiences import Level, bump_access, refresh_boundaries_of
from community.credentials.models import EmailAddress, Password
from community.credentials.passwords import hash_password
from community.database import session, write_transaction
from community.demo.cast import BEGINNING, Cast, Person
from community.demo.cast import Group as GroupStory
from community.demo.script import Space as SpaceStory
from community.demo.stage import Stage
from community.events import occurring
from community.foundation import lay_foundation
from community.groups.models import Group, Membership
from community.members.actions import Place, join_member
from community.members.models import Member, Role, Segment, SiteRole
from community.organizations.actions import add_organization, add_unit
from community.organizations.models import Organization, OrganizationType, Unit
from community.spaces.actions import create_space, grant_level
from community.spaces.models import SpaceKind
from community.texts.actions import belongs_to, store_text
from community.viewer import viewer_of

PASSWORD = "sixteen-weeks-of-talk"
HOME = "brightwell.example"
ADMINISTRATOR = "aisling"
KINDS = {
    "forum": SpaceKind.CATEGORY,
    "ideas": SpaceKind.BOARD,
    "blog": SpaceKind.BLOG,
    "wiki": SpaceKind.WIKI,
}


def settle(stage: Stage) -> None:
    """Make everybody and everything that the story takes for granted."""
    begun = stage.script.now - timedelta(days=BEGINNING + 1)
    with occurring(source="import"):
        with write_transaction():
            lay_foundation()
            _settle_companies(stage)
            password = hash_password(PASSWORD)
            for person in stage.script.cast.people.values():
                _settle_person(stage, person, password)
        with write_transaction(), clock.at(begun):
            for group in stage.script.cast.groups.values():
                _settle_group(stage, group)
        for position, space in enumerate(stage.script.spaces.values()):
            with write_transaction(), clock.at(begun):
                _settle_space(stage, space, position)
    stage.look_round()


def address_of(person: Person, cast: Cast) -> str:
    organization = cast.organizations.get(person.organization or "")
    domain = organization.domain if organization else HOME if person.unit else "mail.example"
    return f"{person.key}@{domain}"


def _settle_companies(stage: Stage) -> None:
    for key, story in stage.script.cast.organizations.items():
        organization = add_organization(
            story.name, type=OrganizationType(story.type), plan=story.plan, value=story.value
        )
        stage.made["organization", key] = organization.id
    for key, name in stage.script.cast.units.items():
        stage.made["unit", key] = add_unit(name).id


def _settle_person(stage: Stage, person: Person, password: str) -> None:
    place = Place(
        segment=Segment(person.segment),
        organization_id=stage.made.get(("organization", person.organization)),
        unit_id=stage.made.get(("unit", person.unit)),
    )
    with clock.at(person.joined):
        member = join_member(person.name, person.key, place)
        stage.members[person.key] = member.id
        _describe(member, person, stage)
        address = address_of(person, stage.script.cast)
        session.add_all(
            [
                EmailAddress(
                    member_id=member.id,
                    address=address,
                    folded=address.casefold(),
                    confirmed_at=person.joined,
                ),
                Password(member_id=member.id, hash=password),
                *(SiteRole(member_id=member.id, role=Role(role)) for role in person.roles),
            ]
        )


def _describe(member: Member, person: Person, stage: Stage) -> None:
    assert member.profile
    member.profile.headline = person.headline
    if person.about:
        prepared = stage.prepare(person.about, language=person.language)
        about = store_text(prepared, author_id=member.id)
        belongs_to(about, "member", member.id)
        member.profile.about_text_id = about


def _settle_group(stage: Stage, story: GroupStory) -> None:
    group = Group(slug=slugify(story.key), name=story.name, about=story.description)
    session.add(group)
    session.flush()
    stage.made["group", story.key] = group.id
    session.add_all(
        Membership(group_id=group.id, member_id=stage.members[key], owner=key == story.owner)
        for key in dict.fromkeys((story.owner, *story.members))
    )
    session.flush()
    refresh_boundaries_of(group)
    bump_access()


def _settle_space(stage: Stage, story: SpaceStory, position: int) -> None:
    by = viewer_of(stage.member(ADMINISTRATOR))
    space = create_space(
        KINDS[story.kind],
        story.name,
        by=by,
        slug=story.key,
        about=story.description,
        parent=stage.space(story.parent) if story.parent else None,
        questions=story.mode == "questions",
        announcements=story.mode == "announcements",
    )
    space.position = position
    stage.spaces[story.key] = space.id
    for name, level in story.grants.items():
        by, given = viewer_of(stage.member(ADMINISTRATOR)), Level[level.upper()]
        if name.startswith("member:"):
            member = stage.member(name.removeprefix("member:"))
            grant_level(space, given, by=by, member=member)
        else:
            grant_level(space, given, by=by, group=_group(stage, name))


def _group(stage: Stage, name: str) -> Group:
    kind, _, key = name.partition(":")
    if kind == "group":
        return session.get_one(Group, stage.made["group", key])
    if kind == "organization":
        organization = session.get_one(Organization, stage.made["organization", key])
        return session.get_one(Group, organization.group_id)
    if kind == "unit":
        unit = session.get_one(Unit, stage.made["unit", key])
        return session.get_one(Group, unit.group_id)
    by_itself = kind if kind in ("everyone", "members") else f"segment:{kind}"
    return session.scalars(select(Group).where(Group.key == by_itself)).one()
