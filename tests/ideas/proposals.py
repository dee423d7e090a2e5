"""Short ways to an idea in the state a test needs."""

from community.audiences import Level, set_grant
from community.database import write_transaction
from community.spaces.models import Space, SpaceKind
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from ideas.board.actions import propose_idea
from ideas.board.models import Idea
from ideas.board.statuses import STATUSES, Status
from ideas.review.actions import change_status
from ideas.review.decisions import Decision
from tests.world import Cast, group, open_space

REASON = "We looked at it for two weeks, and this is what we can say about it today."


def propose(
    cast: Cast, title: str = "Undo for bulk edits", *, by: str = "ada", board: str = "product"
) -> Idea:
    viewer = cast.viewer(by)
    space = find_space(board, viewer)
    return propose_idea(space, title, prepare("One filter, 4,000 records."), by=viewer)


def decide(cast: Cast, idea: Idea, to: Status, **said: object) -> None:
    """Pam moves the idea, saying what the status needs if the test does not."""
    needs = {need.value for need in STATUSES[to].needs}
    if "reason" in needs:
        said.setdefault("reason", prepare(REASON))
    if "date" in needs and not said:
        said["undated"] = True
    if "version" in needs:
        said.setdefault("release", "7.3")
    if "link" in needs:
        said.setdefault("link", "/wiki/handbook/start")
    if "outcome" in needs:
        said.setdefault("outcome", "Restores fell from 17 a month to 3.")
    change_status(idea, Decision(to, **said), by=cast.viewer("pam"))  # type: ignore[arg-type]


def walk(cast: Cast, idea: Idea, *path: Status) -> None:
    for status in path:
        decide(cast, idea, status)


def employees_board(slug: str = "inside") -> Space:
    """A board that only employees see."""
    with write_transaction():
        space = open_space(slug, SpaceKind.BOARD)
        set_grant(space.audience, Level.CREATE, group=group("segment:employee"))
    return space
