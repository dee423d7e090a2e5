"""Users become members, under their own names where these are to be had here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from slugify import slugify
from sqlalchemy import select

from community import clock
from community.database import session, write_transaction
from community.errors import Invalid
from community.events import emit
from community.identifiers import new_public_id
from community.importers.batches import batches
from community.importers.discourse.dump import Dump
from community.importers.discourse.rows import PostRow, TopicRow
from community.members.events import MemberJoined
from community.members.models import Member, Profile, Segment
from community.members.usernames import check_username, fold

SYSTEM = "-1"


@dataclass
class User:
    """Somebody as the file knows them; `first` is the time of their earliest post."""

    username: str
    name: str
    first: datetime


@dataclass
class People:
    """All who wrote anything: `members` by external id, `names` by member."""

    users: dict[str, User] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    _there: dict[str, str] = field(default_factory=dict)
    _here: dict[str, tuple[str, int]] = field(default_factory=dict)

    def meet(self, topic: TopicRow) -> None:
        for post in topic.posts:
            self._meet(post.author, User(post.username, post.name, post.at))
            if post.by_system:
                self._meet(SYSTEM, User("system", "", post.at))

    def _meet(self, key: str, user: User) -> None:
        known = self.users.setdefault(key, user)
        known.first = min(known.first, user.first)

    def author_of(self, post: PostRow) -> int:
        return self.members[SYSTEM if post.by_system else post.author]

    def called(self, username: str) -> str | None:
        """The username here, `""` for who has gone since, None for who never wrote there."""
        return self._there.get(fold(username))

    def mentioned(self, names: Iterable[str]) -> dict[str, int]:
        """Those of the names here that are theirs: username and member."""
        return dict(self._here[fold(name)] for name in names if fold(name) in self._here)

    def get_acquainted(self, members: dict[str, int]) -> None:
        """Look up what everybody is called here."""
        self.members = members
        for batch in batches(members.values()):
            for row in session.execute(_profiles(batch)):
                self._here[row.username_folded] = (row.username, row.member_id)
                self.names[row.member_id] = row.name
        usernames = {member: username for username, member in self._here.values()}
        for key, user in self.users.items():
            self._there[fold(user.username)] = usernames.get(members[key], "")


def _profiles(members: Iterable[int]):
    return select(Profile.member_id, Profile.username, Profile.username_folded, Profile.name).where(
        Profile.member_id.in_(members)
    )


def import_people(dump: Dump, people: People) -> None:
    known = dump.origins.known("user")
    dump.report.read["users"] += len(people.users)
    fresh = [key for key in people.users if key not in known]
    dump.report.known["users"] += len(people.users) - len(fresh)
    for batch in batches(fresh):
        with write_transaction():
            made = {key: _add(key, people.users[key], dump) for key in batch}
            dump.origins.note("user", "member", made)
            dump.report.written["users"] += len(made)
        dump.progress("users", len(batch))
    people.get_acquainted({key: known[key] for key in people.users})


def _add(key: str, user: User, dump: Dump) -> int:
    with clock.at(user.first):
        member = Member(segment=_segment(key, dump), joined_at=clock.now())
        session.add(member)
        session.flush()
        username = _username(user.username)
        session.add(
            Profile(
                member_id=member.id,
                username=username,
                username_folded=fold(username),
                name=user.name or user.username,
            )
        )
        emit(MemberJoined(actor_id=member.id, member_id=member.id))
    return member.id


def _segment(key: str, dump: Dump) -> Segment:
    if key.startswith("-"):
        return Segment.BOT
    return Segment.EMPLOYEE if key in dump.employees else Segment.CUSTOMER


def _username(wanted: str) -> str:
    try:
        return check_username(wanted)
    except Invalid:
        return f"{slugify(wanted)[:24] or 'member'}-{new_public_id()}"
