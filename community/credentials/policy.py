"""Who may prove who they are, join, and change what they prove it with."""

from community.members.models import Member
from community.policy import rule
from community.viewer import Viewer


@rule("credentials.prove")
def prove(_viewer: Viewer, _target: object) -> bool:
    """Signing in and out, confirming and resetting: open to whoever holds the secret."""
    return True


@rule("credentials.join")
def join(viewer: Viewer, _target: object) -> bool:
    return viewer.member is None


@rule("credentials.change")
def change(viewer: Viewer, member: Member) -> bool:
    """One's own password, sign-ins and tokens; never through a token."""
    return viewer.member_id == member.id and viewer.scopes is None
