"""Accepted answers, and favourites, whose giver is known; all other votes are in the tallies."""

from collections.abc import Iterator

from community import clock
from community.database import session, write_transaction
from community.events import emit
from community.forum.events import AnswerAccepted
from community.forum.models import Topic
from community.importers.batches import batches
from community.importers.stackexchange.dump import Dump
from community.importers.stackexchange.reading import Row, moment, rows
from community.sending import insert_once
from community.threads.models import Post
from community.versions import touch
from community.watching.events import WatchChanged
from community.watching.models import Watch, WatchLevel

ACCEPTED, FAVOURITE = "1", "5"


def import_accepted(dump: Dump) -> None:
    """The accepted answer is the question's own word; its day is that of the vote."""
    dates = {
        row["PostId"]: row for row in rows(dump.folder, "Votes") if row["VoteTypeId"] == ACCEPTED
    }
    for batch in batches(_accepting(dump)):
        with write_transaction():
            for question in batch:
                _accept(dump, question, dates.get(question["AcceptedAnswerId"], question))
        dump.progress("accepted", len(batch))


def _accepting(dump: Dump) -> Iterator[Row]:
    known = dump.origins.known("accepted")
    for row in rows(dump.folder, "Posts"):
        if row["PostTypeId"] == "1" and "AcceptedAnswerId" in row:
            dump.report.read["accepted"] += 1
            if row["Id"] in known:
                dump.report.known["accepted"] += 1
            else:
                yield row


def _accept(dump: Dump, question: Row, dated: Row) -> None:
    answer_id = question["AcceptedAnswerId"]
    topic = session.get(Topic, dump.origins.known("question").get(question["Id"], 0))
    post = session.get(Post, dump.origins.known("post").get(answer_id, 0))
    if topic is None or post is None or post.thread_id != topic.thread_id:
        dump.report.refuse(
            "accepted", question["Id"], f"answer {answer_id} is not among its answers"
        )
        return
    at = max(moment(dated), post.created_at)
    topic.accepted_post_id, topic.accepted_at = post.id, at
    topic.accepted_by_id = topic.author_id
    session.flush()
    with clock.at(at):
        emit(
            AnswerAccepted(
                actor_id=topic.author_id,
                space_id=topic.space_id,
                audience_id=topic.audience_id,
                topic_id=topic.id,
                thread_id=post.thread_id,
                post_id=post.id,
                to_member_id=post.author_id,
            )
        )
    dump.origins.note("accepted", "topic", {question["Id"]: topic.id})
    dump.report.written["accepted"] += 1


def import_favourites(dump: Dump) -> None:
    """A favourite is the question tracked by who gave it."""
    for batch in batches(_favouring(dump)):
        with write_transaction():
            for row in batch:
                _favour(dump, row)
        dump.progress("favourites", len(batch))


def _favouring(dump: Dump) -> Iterator[Row]:
    known = dump.origins.known("favourite")
    for row in rows(dump.folder, "Votes"):
        if row["VoteTypeId"] == FAVOURITE and "UserId" in row:
            dump.report.read["favourites"] += 1
            if row["Id"] in known:
                dump.report.known["favourites"] += 1
            else:
                yield row


def _favour(dump: Dump, row: Row) -> None:
    member_id = dump.origins.known("user").get(row["UserId"])
    topic = session.get(Topic, dump.origins.known("question").get(row["PostId"], 0))
    if member_id is None or topic is None:
        dump.report.refuse("favourites", row["Id"], "its member or question is not here")
        return
    with clock.at(moment(row)):
        insert_once(
            Watch,
            member_id=member_id,
            subject_kind="topic",
            subject_id=topic.id,
            level=WatchLevel.TRACKING,
            chosen=True,
            at=clock.now(),
        )
        touch("member", member_id)
        emit(
            WatchChanged(
                actor_id=member_id,
                space_id=topic.space_id,
                audience_id=topic.audience_id,
                subject_kind="topic",
                subject_id=topic.id,
                level=WatchLevel.TRACKING,
            )
        )
    dump.origins.note("favourite", "topic", {row["Id"]: topic.id})
    dump.report.written["favourites"] += 1
