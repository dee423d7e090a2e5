"""Joining, changing one's own profile and settings."""

from dataclasses import dataclass
from functools import partial
from zoneinfo import available_timezones

from flask_babel import gettext as _

from community.attachments.models import Attachment
from community.database import action, after_commit, session
from community.errors import Invalid
from community.events import emit
from community.members.events import MemberJoined, ProfileChanged
from community.members.models import Member, MemberState, Profile, Segment
from community.members.pictures import delete_unnamed_file
from community.members.usernames import check_username, fold, name_taken
from community.policy import authorize
from community.sending import insert_once
from community.texts.actions import belongs_to, change_text, store_text
from community.texts.preparation import Prepared, check_storable, visible_length
from community.viewer import Viewer

THEMES = ("", "light", "dark")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a member stands: the segment, and the organization or unit they belong to."""

    segment: Segment = Segment.PUBLIC
    organization_id: int | None = None
    unit_id: int | None = None


def check_name(typed: str) -> str:
    """The name with single blanks; raise `Invalid` for an empty or overlong one."""
    check_storable(typed)
    name = " ".join(typed.split())
    if not visible_length(name):
        raise Invalid({"name": _("Please say what you are called.")})
    return check_line(name, "name", 80)


def check_line(typed: str, field: str, most: int) -> str:
    check_storable(typed)
    line = " ".join(typed.split())
    if len(line) > most:
        raise Invalid(
            {field: _("%(given)s characters; at most %(most)s.", given=f"{len(line):,}", most=most)}
        )
    return line


def join_member(name: str, username: str, place: Place, *, language: str = "en") -> Member:
    """A new member with a profile; joins an action. Raise `Invalid` for a name that is taken."""
    name, username = check_name(name), check_username(username)
    member = Member(
        segment=place.segment,
        organization_id=place.organization_id,
        unit_id=place.unit_id,
        state=MemberState.ACTIVE,
    )
    session.add(member)
    session.flush()
    named = {"username": username, "username_folded": fold(username), "name": name}
    if not insert_once(Profile, member_id=member.id, language=language, **named):
        raise name_taken()
    session.refresh(member)
    emit(MemberJoined(actor_id=member.id, member_id=member.id))
    return member


@action
def change_profile(
    member: Member, *, by: Viewer, name: str, headline: str, location: str, about: Prepared | None
) -> None:
    """Change what others see. An empty `about` takes the text away."""
    authorize(by, "member.edit", member)
    profile = _profile(member)
    renamed = profile.name != (name := check_name(name))
    profile.name = name
    profile.headline = check_line(headline, "headline", 120)
    profile.location = check_line(location, "location", 80)
    _write_about(profile, about, by)
    _touch(member)
    emit(ProfileChanged(actor_id=by.member_id, member_id=member.id, renamed=renamed))


@action
def change_picture(member: Member, picture: Attachment | None, *, by: Viewer) -> None:
    """Show this picture, or none; the one before goes."""
    authorize(by, "member.edit", member)
    profile = _profile(member)
    former = profile.picture
    if picture:
        session.add(picture)
        session.flush()
    profile.picture_id = picture.id if picture else None
    session.flush()
    if former:
        session.delete(former)
        after_commit(partial(delete_unnamed_file, former.digest))
    _touch(member)
    emit(ProfileChanged(actor_id=by.member_id, member_id=member.id))


@action
def change_settings(
    member: Member,
    *,
    by: Viewer,
    language: str,
    timezone: str,
    theme: str,
    languages: tuple[str, ...],
) -> None:
    authorize(by, "member.edit", member)
    if language not in languages:
        raise Invalid({"language": _("This language is not spoken here.")})
    if timezone not in available_timezones():
        raise Invalid({"timezone": _("There is no such time zone; write it like Europe/Berlin.")})
    if theme not in THEMES:
        raise Invalid({"theme": _("Choose one of the colours.")})
    profile = _profile(member)
    profile.language, profile.timezone, profile.theme = language, timezone, theme
    _touch(member)


def _profile(member: Member) -> Profile:
    assert member.profile
    return member.profile


def _write_about(profile: Profile, about: Prepared | None, by: Viewer) -> None:
    assert by.member_id
    if profile.about and about:
        change_text(profile.about, about, by=by)
    elif about:
        text = store_text(about, author_id=by.member_id)
        belongs_to(text, "member", profile.member_id)
        profile.about_text_id = text
    elif profile.about:
        former = profile.about
        profile.about_text_id = None
        session.flush()
        session.delete(former)


def _touch(member: Member) -> None:
    member.version = Member.version + 1
    session.flush()
