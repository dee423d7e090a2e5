"""A small language for histories: who wrote what where, as events that the facts are made from."""

from datetime import datetime, timedelta
from itertools import count

from community.database import session, write_transaction
from community.events import Event, Happened
from community.forum.events import TopicStarted
from community.members.models import Member, Segment
from community.threads.events import PostDeleted, PostRead, PostRestored, PostWritten
from metrics.facts.recording import record

EXTERNAL, INTERNAL = 1, 2
SEGMENTS = {
    "C": Segment.CUSTOMER,
    "E": Segment.EMPLOYEE,
    "B": Segment.BOT,
    "P": Segment.PARTNER,
}


class History:
    """Events in the order of telling; `events` can be recorded in any other.

    People are called by a letter for their segment and a number: C1, E2, B1.
    """

    joined_at: datetime | None = None

    def __init__(self) -> None:
        self.events: list[Happened] = []
        self.members: dict[str, int] = {}
        self.last: dict[int, tuple[int, str]] = {}
        self.openings: dict[int, tuple[int, str]] = {}
        self._threads, self._posts, self._ids = count(1), count(1), count(1)

    def member(self, name: str) -> int:
        if name not in self.members:
            with write_transaction():
                member = Member(segment=SEGMENTS[name[0]], joined_at=self.joined_at)
                session.add(member)
                session.flush()
                self.members[name] = member.id
        return self.members[name]

    def opens(
        self, name: str, at: datetime, *, space: int = EXTERNAL, kind: str = "question"
    ) -> int:
        """`name` opens a topic; gives the thread."""
        thread = next(self._threads)
        started = TopicStarted(topic_id=thread, thread_id=thread, kind=kind)
        self.happens(name, at, started, space=space)
        self._writes(thread, name, at, space, opening=True)
        return thread

    def replies(self, thread: int, name: str, at: datetime, *, space: int = EXTERNAL) -> int:
        """`name` answers the last human post of the thread; gives the post."""
        return self._writes(thread, name, at, space)

    def _writes(
        self, thread: int, name: str, at: datetime, space: int, opening: bool = False
    ) -> int:
        post = next(self._posts)
        to_post, to_name = self.last.get(thread, (None, None))
        written = PostWritten(
            post_id=post,
            thread_id=thread,
            subject_kind="topic",
            subject_id=thread,
            opening=opening,
            to_post_id=to_post,
            to_member_id=self.member(to_name) if to_name else None,
        )
        self.happens(name, at, written, space=space)
        if name[0] != "B":
            self.last[thread] = (post, name)
        if opening:
            self.openings[thread] = (post, name)
        return post

    def reads(self, name: str, at: datetime, *, thread: int = 1, space: int = EXTERNAL) -> None:
        read = PostRead(thread_id=thread, subject_kind="topic", subject_id=thread, up_to=1)
        self.happens(name, at, read, space=space)

    def deletes(self, post: int, thread: int, name: str, at: datetime) -> None:
        gone = PostDeleted(post_id=post, thread_id=thread, author_id=0)
        self.happens(name, at, gone)

    def restores(self, post: int, thread: int, name: str, at: datetime) -> None:
        back = PostRestored(post_id=post, thread_id=thread, author_id=0)
        self.happens(name, at, back)

    def happens(self, name: str, at: datetime, event: Event, *, space: int = EXTERNAL) -> None:
        self.events.append(
            Happened(
                id=next(self._ids),
                event=event,
                at=at,
                actor_id=self.member(name),
                segment=str(SEGMENTS[name[0]]),
                organization_id=None,
                unit_id=None,
                space_id=space,
                external=space == EXTERNAL,
                source="web",
            )
        )


def record_all(events: list[Happened]) -> None:
    with write_transaction():
        for happened in events:
            record(happened)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def fixture_f1(now: datetime) -> History:
    """The ten hand-checked topics of the measurement model, as they stand at `now`."""
    history = History()
    open_, reply = history.opens, history.replies
    long_ago = now - hours(200)
    first = open_("C1", long_ago)
    for name, after in (("E1", 1), ("C1", 2), ("E1", 3)):
        reply(first, name, long_ago + hours(after))
    reply(open_("C2", long_ago), "E1", long_ago + hours(30))
    third = open_("C3", long_ago)
    reply(third, "C1", long_ago + hours(5))
    reply(third, "C3", long_ago + hours(6))
    open_("C1", now - hours(10))
    open_("C4", now - hours(100))
    sixth = open_("E2", long_ago)
    reply(sixth, "C2", long_ago + hours(4))
    reply(sixth, "E2", long_ago + hours(8))
    open_("E2", long_ago)
    reply(open_("E3", long_ago), "C3", long_ago + hours(2))
    ninth = open_("E1", long_ago, space=INTERNAL)
    reply(ninth, "E2", long_ago + hours(1), space=INTERNAL)
    tenth = open_("C2", long_ago)
    reply(tenth, "B1", long_ago + hours(0.01))
    reply(tenth, "E3", long_ago + hours(20))
    reply(tenth, "C2", long_ago + hours(21))
    return history
