"""Revisions, and the Markdown that posts were written in."""

from collections.abc import Iterator

from sqlalchemy import delete

from community import clock
from community.database import session, write_transaction
from community.events import emit
from community.importers.batches import batches
from community.importers.stackexchange.dump import Dump
from community.importers.stackexchange.people import author_of
from community.importers.stackexchange.reading import Row, moment, rows
from community.texts.models import Format, Revision
from community.threads.events import PostEdited
from community.threads.models import Post

BODIES = {"2", "5", "8"}
EDITS = {"4", "5", "6", "7", "8", "9"}


def markdown_sources(dump: Dump) -> dict[str, str]:
    """Post id → its present Markdown, for the posts that are not here yet."""
    known = dump.origins.known("post")
    return {
        row["PostId"]: row.get("Text", "")
        for row in rows(dump.folder, "PostHistory")
        if row["PostHistoryTypeId"] in BODIES and row["PostId"] not in known
    }


def import_history(dump: Dump) -> None:
    """Each saved body is a revision; each edit, of body, title or tags, is one event."""
    for batch in batches(_relevant(dump)):
        with write_transaction():
            for row in batch:
                _write(dump, row)
        dump.progress("revisions", len(batch))


def _relevant(dump: Dump) -> Iterator[Row]:
    known = dump.origins.known("history")
    for row in rows(dump.folder, "PostHistory"):
        if row["PostHistoryTypeId"] not in BODIES | EDITS:
            continue
        dump.report.read["revisions"] += 1
        if row["Id"] in known:
            dump.report.known["revisions"] += 1
        else:
            yield row


def _write(dump: Dump, row: Row) -> None:
    post = session.get(Post, dump.origins.known("post").get(row["PostId"], 0))
    if post is None:
        dump.report.refuse("revisions", row["Id"], f"post {row['PostId']} is not here")
        return
    editor = author_of(dump, row.get("UserId"), row.get("UserDisplayName"), row)
    if row["PostHistoryTypeId"] in BODIES:
        _add_revision(post, row, editor)
    if row["PostHistoryTypeId"] in EDITS:
        _tell_once(dump, post, row, editor)
    dump.origins.note("history", "post", {row["Id"]: post.id})
    dump.report.written["revisions"] += 1


def _add_revision(post: Post, row: Row, editor: int) -> None:
    text, first = post.text, row["PostHistoryTypeId"] == "2"
    if first:
        session.execute(delete(Revision).where(Revision.text_id == text.id))
    else:
        text.revision += 1
        text.edited_at, text.edited_by_id = moment(row), editor
    session.add(
        Revision(
            text_id=text.id,
            number=1 if first else text.revision,
            source=row.get("Text", "").replace("\r\n", "\n"),
            format=Format.MARKDOWN,
            summary=row.get("Comment", "")[:200],
            author_id=editor,
            at=moment(row),
        )
    )
    session.flush()


def _tell_once(dump: Dump, post: Post, row: Row, editor: int) -> None:
    """Title, body and tags changed together are one edit, with one id."""
    edit = row["RevisionGUID"]
    if edit in dump.origins.known("edit"):
        return
    dump.origins.note("edit", "post", {edit: post.id})
    with clock.at(moment(row)):
        emit(
            PostEdited(
                actor_id=editor,
                space_id=post.space_id,
                audience_id=post.audience_id,
                post_id=post.id,
                thread_id=post.thread_id,
                author_id=post.author_id,
                revision=post.text.revision,
            )
        )
