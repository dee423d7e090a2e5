"""Notices are each member's own."""

from community.policy import rule
from community.viewer import Viewer


@rule("notice.read")
def read(viewer: Viewer, _target: object) -> bool:
    return viewer.member is not None


@rule("mail.choose")
def choose(viewer: Viewer, _target: object) -> bool:
    return viewer.member is not None


@rule("mail.stop")
def stop(_viewer: Viewer, _target: object) -> bool:
    """Whoever holds the signed link of a mail may stop mails of that kind, without signing in."""
    return True
