"""Links between questions: related ones and duplicates."""

from collections.abc import Iterator

from community.database import session, write_transaction
from community.importers.batches import batches
from community.importers.stackexchange.dump import Dump
from community.importers.stackexchange.reading import Row, rows
from community.sending import insert_once
from community.texts.models import TextLink
from community.threads.models import Post


def import_links(dump: Dump) -> None:
    for batch in batches(_fresh(dump)):
        with write_transaction():
            for row in batch:
                _write(dump, row)
        dump.progress("links", len(batch))


def _fresh(dump: Dump) -> Iterator[Row]:
    known = dump.origins.known("link")
    for row in rows(dump.folder, "PostLinks"):
        dump.report.read["links"] += 1
        if row["Id"] in known:
            dump.report.known["links"] += 1
        else:
            yield row


def _write(dump: Dump, row: Row) -> None:
    post = session.get(Post, dump.origins.known("post").get(row["PostId"], 0))
    target = dump.origins.known("post").get(row["RelatedPostId"])
    if post is None or target is None:
        dump.report.refuse("links", row["Id"], "one of its two posts is not here")
        return
    insert_once(TextLink, text_id=post.text_id, target_kind="post", target_id=target)
    dump.origins.note("link", "post", {row["Id"]: post.id})
    dump.report.written["links"] += 1
