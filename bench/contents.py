"""What the members of the standard world wrote, voted and read, by bulk inserts.

Keys are counted here, so that rows can name each other before they are written.
"""

import itertools
import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bench.bulk import Bulk
from bench.people import Room, Spaces
from bench.prose import paragraphs, words
from community import clock
from community.database import Base, table_of
from community.forum.models import Topic, TopicKind
from community.identifiers import ALPHABET, LENGTH
from community.members.models import Segment
from community.reactions.models import Reaction, ReactionKind
from community.texts.models import Revision, Text
from community.threads.models import Post, ReadState, Thread
from community.wiki.models import Page
from ideas.board.models import Idea
from ideas.board.statuses import Status
from ideas.voting.models import Vote
from metrics.facts.days import milliseconds
from metrics.facts.models import Boundary, Fact, Kind, Side, Verb

if TYPE_CHECKING:
    from bench.world import Size

DAYS, BATCH = 700, 20_000
SCATTER = 527_115_649_839  # shares no factor with the number of places: no two keys have the same
ORDER = (Thread, Topic, Text, Revision, Idea, Page, Post, Reaction, Vote, ReadState, Fact)
STATUSES = (Status.NEW, Status.NEW, Status.UNDER_REVIEW, Status.PLANNED)


def write(size: "Size", spaces: Spaces, into: Bulk) -> None:
    """Topics, ideas and pages."""
    writer = Writer(spaces, into)
    sizes = _posts_per_topic(size)
    for number, count in enumerate(sizes):
        writer.topic(spaces.categories[number % len(spaces.categories)], count)
    for _idea in range(size.ideas):
        writer.idea(spaces.board)
    for number in range(size.pages):
        writer.page(spaces.wiki, number)
    writer.read_here_and_there(size.topics)
    writer.finish()


def public_id(key: int) -> str:
    """As if by chance, and never the same twice: among a million by chance, some would be."""
    scattered, name = key * SCATTER % len(ALPHABET) ** LENGTH, ""
    for _letter in range(LENGTH):
        scattered, place = divmod(scattered, len(ALPHABET))
        name += ALPHABET[place]
    return name


def _posts_per_topic(size: "Size") -> list[int]:
    """Half of the topics have ten posts, the page that is measured; the others few or many."""
    chance, mean = random.Random(3), size.posts // size.topics
    uneven = [max(1, round(chance.expovariate(1 / mean))) for _topic in range(size.topics // 2)]
    return [*uneven, *[mean] * (size.topics - len(uneven))]


class Writer:
    """Collects rows and writes them in batches, tables in the order they depend on each other."""

    def __init__(self, spaces: Spaces, into: Bulk) -> None:
        self.into = into
        self.chance, self.now = random.Random(7), clock.now()
        self.members = spaces.members
        self.keys = {model: itertools.count(1) for model in (Thread, Topic, Post, Text, Idea, Page)}
        self.events = itertools.count(1)
        self.rows: dict[type[Base], list[dict[str, Any]]] = {}

    def topic(self, space: Room, posts: int) -> None:
        key, thread, author = next(self.keys[Topic]), next(self.keys[Thread]), self.someone()
        opened = self.moment()
        answered = (self.chance.expovariate(1 / 900) for _answer in range(posts - 1))
        times = [opened, *sorted(opened + timedelta(minutes=minutes) for minutes in answered)]
        title = words(self.chance, 7).capitalize()
        self.thread(thread, "topic", key, space, author, times)
        self.add(
            Topic,
            **self.subject(key, space, author, opened),
            thread_id=thread,
            title=title,
            slug=title.replace(" ", "-")[:60],
            kind=TopicKind.QUESTION if space.questions else TopicKind.DISCUSSION,
            active_at=times[-1],
        )
        self.fact(Verb.OPENED, key, thread, author, space, opened)
        for number, at in enumerate(times, 1):
            self.post(thread, space, number, author if number == 1 else self.someone(), at)
        if len(self.rows[Post]) > BATCH:
            self.finish()

    def idea(self, board: Room) -> None:
        key, thread, text = next(self.keys[Idea]), next(self.keys[Thread]), self.text("idea")
        author, opened = self.someone(), self.moment()
        voters = self.chance.sample(self.members, min(40, int(self.chance.expovariate(1 / 12))))
        title = words(self.chance, 6).capitalize()
        times = [opened + timedelta(hours=hour + 1) for hour in range(self.chance.randint(0, 6))]
        self.thread(thread, "idea", key, board, author, times)
        self.add(
            Idea,
            **self.subject(key, board, author, opened),
            text_id=text,
            thread_id=thread,
            title=title,
            slug=title.replace(" ", "-")[:60],
            status=self.chance.choice(STATUSES),
            status_at=opened,
            vote_count=len(voters),
            trend=self.chance.random() * (1 + len(voters)),
        )
        for number, at in enumerate(times, 1):
            self.post(thread, board, number, self.someone(), at)
        for voter in voters:
            vote = {"idea_id": key, "member_id": voter, "at": opened, "weight": 1.0}
            self.add(Vote, **vote, segment=Segment.CUSTOMER, source="web")

    def page(self, wiki: Room, number: int) -> None:
        key, thread, text = next(self.keys[Page]), next(self.keys[Thread]), self.text("page")
        author, opened = self.someone(), self.moment()
        path, title = f"page-{number}", f"Page {number}"
        self.thread(thread, "page", key, wiki, author, [])
        self.add(
            Page,
            **self.subject(key, wiki, author, opened),
            text_id=text,
            thread_id=thread,
            path=path,
            path_folded=path,
            title=title,
            title_folded=title.casefold(),
        )

    def thread(
        self, key: int, kind: str, subject: int, space: Room, author: int, times: list[datetime]
    ) -> None:
        self.add(
            Thread,
            **self.subject(key, space, author, times[0] if times else self.now),
            subject_kind=kind,
            subject_id=subject,
            last_number=len(times),
            post_count=len(times),
            last_post_at=times[-1] if times else None,
            first_response_at=times[1] if len(times) > 1 else None,
        )

    def post(self, thread: int, space: Room, number: int, author: int, at: datetime) -> None:
        key = next(self.keys[Post])
        reactions = self.chance.choices((0, 1, 3), (8, 2, 1))[0]
        self.add(
            Post,
            **self.subject(key, space, author, at),
            thread_id=thread,
            number=number,
            text_id=self.text("post", key),
            reaction_count=reactions,
        )
        for member in self.chance.sample(self.members, reactions):
            given = {"subject_kind": "post", "subject_id": key, "member_id": member}
            self.add(Reaction, **given, kind=ReactionKind.THANK, at=at)
        self.fact(Verb.POST if number > 1 else Verb.TOPIC, key, thread, author, space, at)

    def text(self, kind: str, subject: int = 0) -> int:
        key, parts = next(self.keys[Text]), list(paragraphs(self.chance))
        source = "\n\n".join(parts)
        html = "\n".join(f"<p>{part}</p>" for part in parts)
        belonging = {"subject_kind": kind, "subject_id": subject, "renderer": "1"}
        self.add(Text, id=key, **belonging, source=source, html=html, plain=source)
        self.add(Revision, text_id=key, number=1, source=source, author_id=self.members[0])
        return key

    def fact(
        self, verb: Verb, key: int, thread: int, author: int, space: Room, at: datetime
    ) -> None:
        """As the worker would have recorded it; the events themselves are left out."""
        self.add(
            Fact,
            day=int(f"{at:%Y%m%d}"),
            event_id=next(self.events),
            at=milliseconds(at),
            verb=verb,
            member_id=author,
            segment=Side.CUSTOMER,
            organization_id=0,
            unit_id=0,
            space_id=space.id,
            boundary=Boundary.EXTERNAL,
            object_kind=Kind.POST,
            object_id=key,
            thread_id=thread,
            to_member_id=self.members[0],
            to_segment=Side.EMPLOYEE,
            detail=0,
        )

    def read_here_and_there(self, threads: int) -> None:
        """Every member has read some threads, up to some post."""
        for member in self.members:
            for thread in self.chance.sample(range(1, threads + 1), min(25, threads)):
                mark = {"number": self.chance.randint(1, 12), "at": self.now}
                self.add(ReadState, member_id=member, thread_id=thread, **mark)

    def subject(self, key: int, space: Room, author: int, at: datetime) -> dict[str, Any]:
        return {
            "id": key,
            "public_id": public_id(key),
            "space_id": space.id,
            "audience_id": space.audience_id,
            "author_id": author,
            "created_at": at,
        }

    def someone(self) -> int:
        """A few write most of it."""
        return self.members[min(int(self.chance.paretovariate(0.7)), len(self.members)) - 1]

    def moment(self) -> datetime:
        return self.now - timedelta(days=10 + self.chance.random() * DAYS)

    def add(self, model: type[Base], **row: Any) -> None:
        self.rows.setdefault(model, []).append(row)

    def finish(self) -> None:
        """Write what has been collected, each table after those it points to."""
        for model in ORDER:
            if rows := self.rows.pop(model, []):
                self.into.write(table_of(model), rows)
