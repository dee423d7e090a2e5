"""Who may propose and change ideas.

Product managers own the board; moderators moderate it; staff is every employee who can read it.
"""

from datetime import timedelta

from community import clock
from community.audiences import Level
from community.policy import moderates, rule
from community.spaces.models import Space, SpaceKind
from community.subjects import State
from community.viewer import Viewer
from ideas.board.models import Idea

EDITED_WITHIN = timedelta(minutes=60)
EDITED_UNTIL_VOTES = 3


@rule("idea.propose")
def propose(viewer: Viewer, space: Space) -> bool:
    if viewer.member is None or viewer.silenced or space.archived_at:
        return False
    return space.kind == SpaceKind.BOARD and viewer.level(space.audience_id) >= Level.CREATE


@rule("idea.edit")
def edit(viewer: Viewer, idea: Idea) -> bool:
    """An author's words are theirs until others have put their votes behind them."""
    if viewer.member is None or viewer.silenced or idea.state == State.DELETED:
        return False
    early = clock.now() - idea.created_at < EDITED_WITHIN or idea.vote_count < EDITED_UNTIL_VOTES
    return (idea.author_id == viewer.member_id and early) or moderates(viewer, idea)


@rule("idea.withdraw")
def withdraw(viewer: Viewer, idea: Idea) -> bool:
    own = viewer.member is not None and idea.author_id == viewer.member_id
    return own and idea.state != State.DELETED


@rule("idea.remove")
def remove(viewer: Viewer, idea: Idea) -> bool:
    return moderates(viewer, idea) and idea.state != State.DELETED


@rule("idea.restore")
def restore(viewer: Viewer, idea: Idea) -> bool:
    return moderates(viewer, idea) and idea.state == State.DELETED


@rule("idea.note")
def note(viewer: Viewer, idea: Idea) -> bool:
    return viewer.is_employee and not viewer.silenced and idea.state != State.DELETED
