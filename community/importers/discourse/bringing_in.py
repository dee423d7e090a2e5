"""The whole of a file: first who wrote in it, then what, then what leads from topic to topic."""

from collections.abc import Callable, Iterator
from pathlib import Path

from community.errors import Invalid
from community.events import occurring
from community.importers.discourse.crossing import import_crossings
from community.importers.discourse.dump import Dump
from community.importers.discourse.people import People, import_people
from community.importers.discourse.planning import Planned, plan
from community.importers.discourse.press import Press
from community.importers.discourse.reading import lines
from community.importers.discourse.rows import TopicRow, Wrong, topic_row
from community.importers.discourse.writing import write
from community.importers.origins import Origins
from community.importers.report import Report

POSTS_AT_ONCE = 250


def import_discourse(
    path: Path,
    *,
    employees: frozenset[str] = frozenset(),
    name: str = "",
    address: str = "",
    progress: Callable[[str, int], None] = lambda kind, count: None,
) -> Report:
    """Bring in a file of topics, one a line; a second time changes nothing.

    `name` is the forum's; it names the origin and the spaces. `address` is where the forum stood:
    pictures are linked there. Raise `Invalid` for a file without a single topic.
    """
    name = name or path.resolve().parent.name
    origins = Origins(f"discourse:{name}"[:120])
    dump = Dump(path, name, origins, employees, address.rstrip("/"), progress)
    with occurring(source="import"), Press() as press:
        people = _people(dump)
        import_people(dump, people)
        _import_topics(dump, people, press)
        import_crossings(dump, people, rows(dump, told=False))
    return dump.report


def _people(dump: Dump) -> People:
    """Read the file once for who wrote in it, so that everybody is here before their words."""
    people, found = People(), False
    for row in rows(dump, told=False):
        found = True
        people.meet(row)
        if row.solved:
            dump.solving.add(row.category_id)
    if not found:
        raise Invalid({"file": f"There is no topic in {dump.path}."})
    return people


def _import_topics(dump: Dump, people: People, press: Press) -> None:
    """While some topics are written, the texts of the next are rendered."""
    waiting: list[Planned] = []
    for batch in _batches(rows(dump, told=True)):
        if _overlap(batch, waiting):
            write(dump, waiting)
            waiting = []
        planned = plan(dump, people, batch, press)
        if waiting:
            press.bring_more()
        write(dump, waiting)
        waiting = planned
    write(dump, waiting)


def rows(dump: Dump, *, told: bool) -> Iterator[TopicRow]:
    """The file's topics; with `told`, the report hears of them and of what is none."""
    for line in lines(dump.path):
        try:
            if line.topic is None:
                raise Wrong(line.fault)
            row = topic_row(line.topic)
        except Wrong as wrong:
            if told:
                dump.report.read["lines"] += 1
                dump.report.refuse("lines", str(line.number), str(wrong))
            continue
        if told:
            _count(dump.report, row)
        yield row


def _count(report: Report, row: TopicRow) -> None:
    report.read["topics"] += 1
    report.read["posts"] += len(row.posts) + len(row.refused)
    report.read["likes"] += sum(post.likes for post in row.posts)
    report.read["replies"] += sum(post.reply_to is not None for post in row.posts)
    report.read["accepted"] += sum(post.accepted for post in row.posts)
    for external_id, reason in row.refused:
        report.refuse("posts", external_id, reason)


def _batches(topics: Iterator[TopicRow]) -> Iterator[list[TopicRow]]:
    """A few hundred posts at a time, and no topic twice."""
    batch: list[TopicRow] = []
    for topic in topics:
        full = sum(len(row.posts) for row in batch) >= POSTS_AT_ONCE
        if full or any(row.id == topic.id for row in batch):
            yield batch
            batch = []
        batch.append(topic)
    if batch:
        yield batch


def _overlap(batch: list[TopicRow], waiting: list[Planned]) -> bool:
    """Whether one of them is just being written: what is known of it is not yet so."""
    topics = {planned.row.id for planned in waiting}
    posts = {fresh.row.id for planned in waiting for fresh in planned.posts}
    return any(row.id in topics or any(post.id in posts for post in row.posts) for row in batch)
