"""Signing in and out is open to whoever can prove who they are."""

from community.policy import rule
from community.viewer import Viewer


@rule("credentials.prove")
def prove(_viewer: Viewer, _target: object) -> bool:
    return True
