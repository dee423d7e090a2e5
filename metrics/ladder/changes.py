"""Who came, left and came back: what decides of whom the ladder is counted."""

from sqlalchemy import select

from community.config import settings
from community.database import session, write_transaction
from community.events import EventRow, Happened, happened
from community.members.events import (
    MemberErased,
    MemberJoined,
    MemberReactivated,
    MemberSuspended,
    SegmentChanged,
)
from community.members.models import Member
from community.sending import insert_once
from metrics.facts.days import day_at, milliseconds
from metrics.ladder.building import mark_onward
from metrics.ladder.models import Change, MembershipChange

CHANGES = {
    MemberSuspended: Change.LEFT,
    MemberErased: Change.ERASED,
    MemberReactivated: Change.RETURNED,
}
# The member's own row says these: when they joined, and their segment where they did nothing.
SAID_BY_THE_ROW = (MemberJoined, SegmentChanged)


def record_change(happened: Happened) -> None:
    """Keep who left or came back, and when; a second time changes nothing."""
    day = day_at(happened.at, settings().zone)
    written = insert_once(
        MembershipChange,
        event_id=happened.id,
        member_id=happened.event.member_id,
        day=day,
        at=milliseconds(happened.at),
        change=CHANGES[type(happened.event)],
    )
    if written:
        mark_onward(day)


def notice_member(happened: Happened) -> None:
    """Count the member from the day they joined, in the segment they have now."""
    member = session.get(Member, happened.event.member_id)
    if member:
        mark_onward(day_at(member.joined_at, settings().zone))


def record_missing_changes() -> int:
    """Record the changes that were never handed over, however old."""
    names = [kind.__name__ for kind in CHANGES]
    known = select(MembershipChange.event_id).where(MembershipChange.event_id == EventRow.id)
    rows = session.scalars(
        select(EventRow).where(EventRow.name.in_(names), ~known.exists()).order_by(EventRow.id)
    ).all()
    told = [one for row in rows if (one := happened(row))]
    with write_transaction():
        for one in told:
            record_change(one)
    return len(told)
