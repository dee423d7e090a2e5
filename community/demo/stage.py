"""Where the story is played: its steps in the order of time, through the product's own actions.

A chapter reads its part of the script and puts steps on the stage; a step is called when its moment
has come, with the clock set to it, so that every event is stamped as it would have been.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from community import clock
from community.access_map import access_map
from community.audiences import Audience
from community.database import session, write_transaction
from community.demo.script import Script
from community.events import occurring
from community.members.models import Member
from community.spaces.models import Space
from community.texts.preparation import Prepared, prepare
from community.threads.models import Thread
from community.viewer import Viewer, viewer_of

Step = Callable[[], None]

STEPS_AT_ONCE = 400
_HELD = (Member, Audience, Space, Thread)
TOLD_OF = timedelta(days=8)


@dataclass(frozen=True)
class Shelf:
    """Something that can be read: its thread, who may, and when its posts appeared."""

    thread: dict[str, Any]
    readers: frozenset[str]
    since: datetime
    moments: list[datetime]


@dataclass
class Stage:
    """`members`, `spaces` and `made` give the primary key that a key of the files has become.

    `afterwards` are called with all readings, once they have been dealt out.
    """

    script: Script
    members: dict[str, int] = field(default_factory=dict)
    spaces: dict[str, int] = field(default_factory=dict)
    made: dict[tuple, int] = field(default_factory=dict)
    shelves: list[Shelf] = field(default_factory=list)
    afterwards: list[Callable[[list[Any]], None]] = field(default_factory=list)
    _steps: list[tuple[datetime, Step]] = field(default_factory=list)
    _viewers: dict[str, Viewer] = field(default_factory=dict)

    def at(self, moment: datetime, step: Step) -> None:
        """Put a step on the stage; those of one moment are played in the order they came."""
        self._steps.append((moment, step))

    def member(self, key: str) -> Member:
        return session.get_one(Member, self.members[key])

    def space(self, key: str) -> Space:
        return session.get_one(Space, self.spaces[key])

    def viewer(self, key: str) -> Viewer:
        """Worked out once, when all groups and grants stand."""
        if key not in self._viewers:
            self._viewers[key] = viewer_of(self.member(key))
        return self._viewers[key]

    def look_round(self) -> None:
        """Work out every viewer before the long transactions begin, in which maps are not kept."""
        access_map()
        for key in self.members:
            self.viewer(key)

    def prepare(self, text: str, **options: Any) -> Prepared:
        return prepare(text, **options)

    def show(self, thread: Thread, *, readers: set[str], moments: list[datetime]) -> None:
        """Let people find the thread when the readings are dealt out."""
        facts = {
            "thread_id": thread.id,
            "subject_kind": thread.subject_kind,
            "subject_id": thread.subject_id,
            "space_id": thread.space_id,
            "audience_id": thread.audience_id,
        }
        self.shelves.append(Shelf(facts, frozenset(readers), thread.created_at, moments))

    @property
    def length(self) -> int:
        return len(self._steps)

    def play(self, tell: Callable[[int], None] = lambda done: None) -> None:
        """Play all steps, many to a transaction; `tell` hears how many have been played."""
        steps = sorted(self._steps, key=lambda step: step[0])
        self._steps = []
        for first in range(0, len(steps), STEPS_AT_ONCE):
            batch = steps[first : first + STEPS_AT_ONCE]
            with write_transaction():
                held = [session.scalars(select(model)).all() for model in _HELD]
                for moment, step in batch:
                    self._play(moment, step)
            del held  # the session keeps only what somebody else keeps: each is read once a batch
            tell(len(batch))

    def _play(self, moment: datetime, step: Step) -> None:
        """What is older than a few days is told to nobody, as with any imported history."""
        recent = self.script.now - moment < TOLD_OF
        with clock.at(moment), occurring(source="web" if recent else "import"):
            step()
