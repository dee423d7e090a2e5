"""What must hold afterwards. Each check gives sentences; none at all is what we want."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import Select, func, select, text

from community.database import db, session
from community.events import EventRow, happened
from community.jobs import Job
from community.notifications.models import Notice
from community.reactions.models import Reaction
from community.subjects import State
from community.texts.models import Text
from community.threads.models import Post, Thread
from ideas.board.models import Idea
from ideas.voting.models import Vote
from metrics.facts.models import Fact
from metrics.facts.recipes import known_recipes
from metrics.facts.recording import fact_of
from tests.crash.clients import Book


def complaints(books: Sequence[Book]) -> list[str]:
    """Everything that is wrong with what the clients were told, and with the database itself."""
    found = [one for check in CHECKS for one in check(books)]
    session.rollback()
    return found


def refusals(books: Sequence[Book]) -> Iterator[str]:
    for book in books:
        yield from book.refused


def lost_replies(books: Sequence[Book]) -> Iterator[str]:
    kept = Counter(source.removeprefix("Reply ") for source in session.scalars(_reply_sources()))
    for book in books:
        for reply, acknowledged in book.replies.items():
            if kept[reply.token] > 1:
                yield f"reply {reply.token} is there {kept[reply.token]} times"
            if acknowledged and not kept[reply.token]:
                yield f"reply {reply.token} was acknowledged and is lost"


def _reply_sources() -> Select[tuple[str]]:
    return select(Text.source).join(Post, Post.text_id == Text.id)


def lost_votes_and_reactions(books: Sequence[Book]) -> Iterator[str]:
    votes = select(Vote.member_id, Idea.public_id).join(Idea, Idea.id == Vote.idea_id)
    posts = (Reaction.subject_kind == "post") & (Reaction.subject_id == Post.id)
    reactions = select(Reaction.member_id, Post.public_id).join(Post, posts)
    there = {("vote", *row) for row in session.execute(votes)}
    there |= {("reaction", *row) for row in session.execute(reactions)}
    for book in books:
        for what, possible in book.standing.items():
            if (what in there) not in possible:
                yield f"{what} is {what in there}, and that was not what was acknowledged"


def wrong_counters(_books: Sequence[Book]) -> Iterator[str]:
    published = select(Post.thread_id, func.count()).where(Post.state == State.PUBLISHED)
    highest = select(Post.thread_id, func.max(Post.number)).group_by(Post.thread_id)
    votes = select(Vote.idea_id, func.count()).group_by(Vote.idea_id)
    reactions = select(Reaction.subject_id, func.count()).group_by(Reaction.subject_id)
    for counter, recount in (
        (Thread.post_count, published.group_by(Post.thread_id)),
        (Thread.last_number, highest),
        (Idea.vote_count, votes),
        (Post.reaction_count, reactions.where(Reaction.subject_kind == "post")),
    ):
        real = dict(session.execute(recount).all())
        for key, count in session.execute(select(counter.class_.id, counter)):
            if count != real.get(key, 0):
                yield f"{counter} of {key} says {count}, but there are {real.get(key, 0)}"


def repeated_votes(_books: Sequence[Book]) -> Iterator[str]:
    twice = select(Vote.idea_id, Vote.member_id).group_by(Vote.idea_id, Vote.member_id)
    for idea, member in session.execute(twice.having(func.count() > 1)):
        yield f"member {member} has voted more than once for idea {idea}"


def missing_events(_books: Sequence[Book]) -> Iterator[str]:
    """A row and its event are one commit: neither is there without the other."""
    told = Counter(
        (row.name, _object_of(row.name, row.payload))
        for row in session.execute(select(EventRow.name, EventRow.payload))
    )
    for post in session.scalars(select(Post.id)):
        if told["PostWritten", post] != 1:
            yield f"post {post} has {told['PostWritten', post]} events"
    for idea, count in session.execute(select(Idea.id, Idea.vote_count)):
        if told["IdeaVoted", idea] - told["VoteWithdrawn", idea] != count:
            yield f"the events of idea {idea} do not make {count} votes"
    for post, count in session.execute(select(Post.id, Post.reaction_count)):
        if told["ReactionGiven", post] - told["ReactionWithdrawn", post] != count:
            yield f"the events of post {post} do not make {count} reactions"


def _object_of(name: str, payload: dict) -> int | None:
    field = "subject_id" if name.startswith("Reaction") else "idea_id"
    return payload.get("post_id" if name == "PostWritten" else field)


def unfinished_work(_books: Sequence[Book]) -> Iterator[str]:
    for event in session.scalars(select(EventRow.id).where(EventRow.dispatched_at.is_(None))):
        yield f"event {event} was handed to nobody"
    for kind, error in session.execute(select(Job.kind, Job.error).where(Job.error.is_not(None))):
        yield f"job {kind} failed: {error}"
    repeated = select(Notice.event_id).group_by(Notice.event_id, Notice.member_id)
    for event in session.scalars(repeated.having(func.count() > 1)):
        yield f"event {event} is more than one notice for one member"


def wrong_facts(_books: Sequence[Book]) -> Iterator[str]:
    """Exactly the events with a recipe are facts, each once."""
    names = [kind.__name__ for kind in known_recipes()]
    rows = session.scalars(select(EventRow).where(EventRow.name.in_(names)))
    told = [one for row in rows if (one := happened(row))]
    expected = {one.id for one in told if fact_of(one)}
    facts = Counter(session.scalars(select(Fact.event_id)))
    yield from (f"event {one} is no fact" for one in expected - facts.keys())
    yield from (f"fact {one} has no event" for one in facts.keys() - expected)
    yield from (f"event {one} is {count} facts" for one, count in facts.items() if count > 1)


def broken_database(_books: Sequence[Book]) -> Iterator[str]:
    if db.engine.dialect.name == "sqlite":
        yield from (f"foreign key: {row}" for row in session.execute(text(_FOREIGN_KEYS)))
        found = session.scalars(text("PRAGMA integrity_check")).all()
        yield from (f"integrity: {one}" for one in found if one != "ok")


_FOREIGN_KEYS = "PRAGMA foreign_key_check"

CHECKS = (
    refusals,
    lost_replies,
    lost_votes_and_reactions,
    wrong_counters,
    repeated_votes,
    missing_events,
    unfinished_work,
    wrong_facts,
    broken_database,
)
