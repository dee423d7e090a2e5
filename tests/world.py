"""The cast of the tests, and the small world they live in."""

from dataclasses import dataclass

from sqlalchemy import select

from community.audiences import Level, new_audience, set_grant
from community.credentials.models import EmailAddress, Password
from community.credentials.passwords import hash_password
from community.database import session, write_transaction
from community.foundation import lay_foundation
from community.groups.models import Group
from community.members.models import Member, Profile, Role, Segment, SiteRole
from community.organizations.actions import add_organization, add_unit
from community.spaces.models import Space, SpaceKind
from community.viewer import Viewer, viewer_of

PASSWORD = "correct horse battery"
_hash: list[str] = []


@dataclass
class Cast:
    """Ada and Ben are customers of Nordlicht, Cleo of Harbour; Eve and Pam are employees.

    Pam owns the idea board (a product manager), Mo moderates the space "help", Max is the metrics
    manager, Al the administrator.
    """

    ada: Member
    ben: Member
    cleo: Member
    eve: Member
    pam: Member
    mo: Member
    max: Member
    al: Member

    def viewer(self, name: str) -> Viewer:
        return viewer_of(getattr(self, name) if name != "visitor" else None)


def settle() -> Cast:
    """Create the cast, four categories and the idea board "product", whose owner is Pam.

    "help" (public questions) and "plaza" are for everyone, "floor" for employees, "nordlicht" for
    that organization. The wiki "handbook" is everybody's, "playbook" the employees'; in the blog
    "stories" employees write and all members comment. Mo moderates "handbook" and "stories".
    """
    with write_transaction():
        lay_foundation()
        nordlicht, harbour = add_organization("Nordlicht"), add_organization("Harbour")
        support, product = add_unit("Support"), add_unit("Product")
        cast = Cast(
            ada=join("ada", Segment.CUSTOMER, organization_id=nordlicht.id),
            ben=join("ben", Segment.CUSTOMER, organization_id=nordlicht.id),
            cleo=join("cleo", Segment.CUSTOMER, organization_id=harbour.id),
            eve=join("eve", Segment.EMPLOYEE, unit_id=support.id),
            pam=join("pam", Segment.EMPLOYEE, unit_id=product.id),
            mo=join("mo", Segment.CUSTOMER),
            max=join("max", Segment.EMPLOYEE),
            al=join("al", Segment.EMPLOYEE),
        )
        session.add(SiteRole(member_id=cast.max.id, role=Role.MANAGER))
        session.add(SiteRole(member_id=cast.al.id, role=Role.ADMINISTRATOR))
        help_ = open_space("help", everyone=Level.SEE, members=Level.CREATE, questions=True)
        set_grant(help_.audience, Level.MODERATE, member=cast.mo)
        open_space("plaza", everyone=Level.SEE, members=Level.CREATE)
        floor = open_space("floor")
        set_grant(floor.audience, Level.CREATE, group=group("segment:employee"))
        nordlicht_only = open_space("nordlicht")
        set_grant(
            nordlicht_only.audience, Level.CREATE, group=session.get_one(Group, nordlicht.group_id)
        )
        board = open_space("product", SpaceKind.BOARD, everyone=Level.SEE, members=Level.CREATE)
        set_grant(board.audience, Level.OWN, member=cast.pam)
        _settle_wiki_and_blog(cast)
    return cast


def _settle_wiki_and_blog(cast: Cast) -> None:
    handbook = open_space("handbook", SpaceKind.WIKI, everyone=Level.SEE, members=Level.CREATE)
    set_grant(handbook.audience, Level.MODERATE, member=cast.mo)
    playbook = open_space("playbook", SpaceKind.WIKI)
    set_grant(playbook.audience, Level.CREATE, group=group("segment:employee"))
    stories = open_space("stories", SpaceKind.BLOG, everyone=Level.SEE, members=Level.REPLY)
    set_grant(stories.audience, Level.CREATE, group=group("segment:employee"))
    set_grant(stories.audience, Level.MODERATE, member=cast.mo)


def join(username: str, segment: Segment, **columns: int | None) -> Member:
    """A member with a profile, a confirmed address `<username>@example.org` and PASSWORD."""
    if not _hash:
        _hash.append(hash_password(PASSWORD))
    member = Member(segment=segment, **columns)
    session.add(member)
    session.flush()
    session.add(
        Profile(
            member_id=member.id,
            username=username,
            username_folded=username.casefold(),
            name=username.title(),
        )
    )
    address = f"{username}@example.org"
    session.add(
        EmailAddress(
            member_id=member.id, address=address, folded=address, confirmed_at=member.joined_at
        )
    )
    session.add(Password(member_id=member.id, hash=_hash[0]))
    session.flush()
    session.refresh(member)
    return member


def open_space(
    slug: str,
    kind: SpaceKind = SpaceKind.CATEGORY,
    *,
    everyone: Level = Level.NONE,
    members: Level = Level.NONE,
    **columns: object,
) -> Space:
    audience = new_audience(f"space:{slug}")
    space = Space(kind=kind, slug=slug, name=slug.title(), audience_id=audience.id, **columns)
    session.add(space)
    session.flush()
    for level, key in ((everyone, "everyone"), (members, "members")):
        if level:
            set_grant(audience, level, group=group(key))
    return space


def group(key: str) -> Group:
    return session.scalars(select(Group).where(Group.key == key)).one()
