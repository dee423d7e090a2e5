"""Who was a member when: who had joined by a day, who had left by then, and of which segment."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select

from community.config import settings
from community.database import session
from community.members.models import Member
from metrics.facts.days import day_at
from metrics.facts.models import Side
from metrics.facts.recording import SIDES
from metrics.ladder.models import Change, MembershipChange

NOT_YET = -1
NEVER = 99_999_999


@dataclass
class Memberships:
    """Everybody, read once for as many periods as are to be built."""

    segments: dict[int, Side] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)
    joinings: dict[Side, list[int]] = field(default_factory=lambda: defaultdict(list))
    changes: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls) -> "Memberships":
        found, zone = cls(), settings().zone
        for key, segment, at in session.execute(
            select(Member.id, Member.segment, Member.joined_at)
        ):
            if segment in SIDES:
                found.segments[key] = SIDES[segment]
                found.joined[key] = day_at(at, zone)
                found.joinings[SIDES[segment]].append(found.joined[key])
        for days in found.joinings.values():
            days.sort()
        changes = select(MembershipChange.member_id, MembershipChange.day, MembershipChange.change)
        in_order = changes.order_by(MembershipChange.at, MembershipChange.event_id)
        for key, day, change in session.execute(in_order):
            found.changes[key].append((day, change))
        return found

    def count_joined(self, segment: Side, day: int) -> int:
        """How many had joined by the end of that day, whatever became of them."""
        return bisect_right(self.joinings[segment], day)

    def state(self, member: int, day: int) -> int:
        """At the end of the day: 0 for a member, else `NOT_YET`, `LEFT` or `ERASED`."""
        if self.joined.get(member, NEVER) > day:
            return NOT_YET
        known = [change for on, change in self.changes.get(member, ()) if on <= day]
        return known[-1] if known else Change.RETURNED
