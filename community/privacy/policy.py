"""One takes one's own data along, and goes; nobody else does it for one but from the console."""

from community.members.models import Member
from community.members.policy import roles_of
from community.policy import rule
from community.viewer import Viewer


@rule("member.export")
def export(viewer: Viewer, member: Member) -> bool:
    return viewer.member_id == member.id and viewer.scopes is None


@rule("member.erase")
def erase(viewer: Viewer, member: Member) -> bool:
    """Who has a role gives it up first, so that no house is left without an administrator."""
    return viewer.member_id == member.id and viewer.scopes is None and not roles_of(member)
