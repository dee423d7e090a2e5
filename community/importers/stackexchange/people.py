"""Users become members. Ids below zero are the system's; who was deleted is a name alone."""

from collections.abc import Iterable

from slugify import slugify

from community import clock
from community.database import session, write_transaction
from community.events import emit
from community.importers.batches import batches
from community.importers.stackexchange.dump import Dump
from community.importers.stackexchange.reading import Row, moment, rows
from community.members.events import MemberJoined
from community.members.models import Member, Profile, Segment

PLACEHOLDER = "name:"


def import_people(dump: Dump) -> None:
    for batch in batches(rows(dump.folder, "Users")):
        dump.report.read["users"] += len(batch)
        fresh = [row for row in batch if row["Id"] not in dump.origins.known("user")]
        dump.report.known["users"] += len(batch) - len(fresh)
        _write(dump, fresh)
        dump.progress("users", len(batch))


def author_of(dump: Dump, user_id: str | None, name: str | None, row: Row) -> int:
    """The member who wrote a row; joins a write transaction.

    A deleted author is one placeholder member for each display name.
    """
    known = dump.origins.known("user")
    key = user_id if user_id in known else PLACEHOLDER + (name or user_id or "nobody")[:100]
    assert key is not None
    if key not in known:
        with clock.at(moment(row)):
            member = _add(name or "Deleted user", Segment.CUSTOMER)
        dump.origins.note("user", "member", {key: member.id})
        dump.report.written["placeholders"] += 1
    return known[key]


def _write(dump: Dump, fresh: Iterable[Row]) -> None:
    with write_transaction():
        written: dict[str, int] = {}
        for row in fresh:
            with clock.at(moment(row)):
                member = _add(row.get("DisplayName", ""), _segment(dump, row["Id"]))
            written[row["Id"]] = member.id
        dump.origins.note("user", "member", written)
        dump.report.written["users"] += len(written)


def _segment(dump: Dump, user_id: str) -> Segment:
    if int(user_id) < 0:
        return Segment.BOT
    return Segment.EMPLOYEE if user_id in dump.employees else Segment.CUSTOMER


def _add(name: str, segment: Segment) -> Member:
    member = Member(segment=segment, joined_at=clock.now())
    session.add(member)
    session.flush()
    username = f"{slugify(name)[:24] or 'member'}-{member.public_id}"
    session.add(
        Profile(
            member_id=member.id,
            username=username[:40],
            username_folded=username[:40].casefold(),
            name=name.strip()[:80] or username,
        )
    )
    emit(MemberJoined(actor_id=member.id, member_id=member.id))
    return member
