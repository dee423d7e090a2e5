"""Who may watch: whoever can read it."""

from typing import Any

from community.policy import rule
from community.viewer import Viewer


@rule("watch.change")
def change(viewer: Viewer, _target: Any) -> bool:
    return viewer.member is not None
