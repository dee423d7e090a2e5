"""Questions, answers and comments become topics and posts, at the time they were written."""

from collections.abc import Sequence
from dataclasses import dataclass

from slugify import slugify
from sqlalchemy import select

from community import clock
from community.database import session, write_transaction
from community.events import emit
from community.forum.events import TopicStarted
from community.forum.models import Topic, TopicKind
from community.identifiers import new_public_id
from community.importers.batches import batches
from community.importers.stackexchange.dump import Dump
from community.importers.stackexchange.people import author_of
from community.importers.stackexchange.reading import Row, moment, rows, tags
from community.markup import render
from community.sending import insert_once
from community.spaces.models import Space
from community.tagging.models import Tag, Tagging
from community.texts.actions import belongs_to, store_text
from community.texts.models import Format
from community.texts.preparation import Prepared, prepare_imported
from community.threads.actions import open_thread
from community.threads.events import PostWritten
from community.threads.models import Post, Thread

QUESTION, ANSWER = "1", "2"


@dataclass(frozen=True)
class Ready:
    """A row with its text rendered, before the transaction that stores it."""

    row: Row
    text: Prepared


def import_questions(dump: Dump, sources: dict[str, str]) -> None:
    _import(dump, QUESTION, "questions", sources, _write_question)


def import_answers(dump: Dump, sources: dict[str, str]) -> None:
    _import(dump, ANSWER, "answers", sources, _write_answer)


def import_comments(dump: Dump) -> None:
    """A comment replies to the post it stands under."""
    for batch in batches(rows(dump.folder, "Comments")):
        dump.report.read["comments"] += len(batch)
        fresh = _fresh(dump, "comment", "comments", batch)
        ready = [Ready(row, _from_markdown(row.get("Text", ""))) for row in fresh]
        with write_transaction():
            for one in ready:
                _write_comment(dump, one)
        dump.progress("comments", len(batch))


def _import(dump: Dump, type_id: str, name: str, sources: dict[str, str], write) -> None:
    wanted = (row for row in rows(dump.folder, "Posts") if _is(dump, row, type_id))
    for batch in batches(wanted):
        dump.report.read[name] += len(batch)
        fresh = _fresh(dump, "post", name, batch)
        ready = [Ready(row, _text_of(row, sources)) for row in fresh]
        with write_transaction():
            for one in ready:
                write(dump, one)
        dump.progress(name, len(batch))


def _is(dump: Dump, row: Row, type_id: str) -> bool:
    """Count what is neither question nor answer once, while the questions are read."""
    kind = row["PostTypeId"]
    if kind not in (QUESTION, ANSWER) and type_id == QUESTION:
        dump.report.read["other posts"] += 1
        dump.report.refuse("other posts", row["Id"], f"type {kind}: neither question nor answer")
    return kind == type_id


def _fresh(dump: Dump, kind: str, name: str, batch: Sequence[Row]) -> list[Row]:
    known = dump.origins.known(kind)
    fresh = [row for row in batch if row["Id"] not in known]
    dump.report.known[name] += len(batch) - len(fresh)
    return fresh


def _text_of(row: Row, sources: dict[str, str]) -> Prepared:
    """Markdown where the dump has it, else the page's HTML, sanitised."""
    source = sources.get(row["Id"])
    return prepare_imported(row.get("Body", "")) if source is None else _from_markdown(source)


def _from_markdown(source: str) -> Prepared:
    source = source.replace("\r\n", "\n")
    return Prepared(source, Format.MARKDOWN, "en", render(source, line_breaks=False))


def _write_question(dump: Dump, ready: Ready) -> None:
    row = ready.row
    author = author_of(dump, row.get("OwnerUserId"), row.get("OwnerDisplayName"), row)
    space = session.get_one(Space, dump.space_id)
    at = moment(row)
    with clock.at(at):
        topic = Topic(
            space_id=space.id,
            audience_id=space.audience_id,
            author_id=author,
            kind=TopicKind.QUESTION,
            title=row.get("Title", "")[:200],
            slug=slugify(row.get("Title", ""), max_length=70, word_boundary=True) or "-",
            active_at=at,
            created_at=at,
        )
        session.add(topic)
        session.flush()
        thread = open_thread("topic", topic, space_id=space.id)
        topic.thread_id = thread.id
        thread.view_count = int(row.get("ViewCount", 0))
        if "ClosedDate" in row:
            thread.locked_at = moment(row, "ClosedDate")
        emit(
            TopicStarted(
                actor_id=author,
                space_id=space.id,
                audience_id=topic.audience_id,
                topic_id=topic.id,
                thread_id=thread.id,
                kind=TopicKind.QUESTION,
            )
        )
        post = _add_post(ready, thread, author, None)
    _set_tags(topic, tags(row))
    dump.origins.note("post", "post", {row["Id"]: post.id})
    dump.origins.note("question", "topic", {row["Id"]: topic.id})
    dump.report.written["questions"] += 1


def _write_answer(dump: Dump, ready: Ready) -> None:
    row = ready.row
    _reply(dump, ready, "post", "answers", row.get("ParentId", ""))


def _write_comment(dump: Dump, ready: Ready) -> None:
    _reply(dump, ready, "comment", "comments", ready.row["PostId"])


def _reply(dump: Dump, ready: Ready, kind: str, name: str, parent_id: str) -> None:
    row = ready.row
    parent = session.get(Post, dump.origins.known("post").get(parent_id, 0))
    if parent is None:
        dump.report.refuse(name, row["Id"], f"post {parent_id}, which it answers, is not here")
        return
    user = row.get("OwnerUserId") or row.get("UserId")
    display = row.get("OwnerDisplayName") or row.get("UserDisplayName")
    author = author_of(dump, user, display, row)
    with clock.at(moment(row)):
        post = _add_post(ready, session.get_one(Thread, parent.thread_id), author, parent)
    dump.origins.note(kind, "post", {row["Id"]: post.id})
    dump.report.written[name] += 1


def _add_post(ready: Ready, thread: Thread, author: int, parent: Post | None) -> Post:
    text = store_text(ready.text, author_id=author)
    thread.last_number += 1
    post = Post(
        thread_id=thread.id,
        space_id=thread.space_id,
        number=thread.last_number,
        text_id=text,
        reply_to_id=parent.id if parent else None,
        audience_id=thread.audience_id,
        author_id=author,
        created_at=clock.now(),
        tally=int(ready.row.get("Score", 0)),
    )
    session.add(post)
    session.flush()
    belongs_to(text, "post", post.id)
    emit(
        PostWritten(
            actor_id=author,
            space_id=thread.space_id,
            audience_id=thread.audience_id,
            post_id=post.id,
            thread_id=thread.id,
            subject_kind=thread.subject_kind,
            subject_id=thread.subject_id,
            opening=parent is None,
            to_post_id=parent.id if parent else None,
            to_member_id=parent.author_id if parent else None,
        )
    )
    return post


def _set_tags(topic: Topic, names: Sequence[str]) -> None:
    for name in dict.fromkeys(name[:40] for name in names):
        insert_once(
            Tag, public_id=new_public_id(), name=name, about="", created_at=topic.created_at
        )
        tag_id = session.scalars(select(Tag.id).where(Tag.name == name)).one()
        insert_once(Tagging, tag_id=tag_id, subject_kind="topic", subject_id=topic.id)
