"""Whether people talk with each other, and employees with others rather than at them."""

from sqlalchemy import ColumnElement, func, select, union

from community.database import session
from metrics.facts.models import Boundary, Side
from metrics.measures.filters import asked, threads
from metrics.measures.responses import two_sided_threads, went_both_ways
from metrics.measures.rows import Row
from metrics.measures.sharing import shared
from metrics.questions import Question
from metrics.results import Figure
from metrics.rollups.models import ReplyMade, ThreadOpened
from metrics.statistics.proportions import wilson
from metrics.statistics.reply_graph import Reciprocity, arcs_across, mutual_arcs, reciprocity

Arc = tuple[int, int]


def share(part: int, whole: int, **detail: object) -> Figure:
    if not whole:
        return Figure(detail=detail)
    low, high = wilson(part, whole)
    return Figure(
        value=part / whole,
        low=low,
        high=high,
        n=whole,
        numerator=part,
        denominator=whole,
        detail=detail,
    )


# Speaking at, engaging with ----------------------------------------------------------


def conversation_share(question: Question) -> Figure:
    replies = session.scalar(select(func.count()).where(*_staff_replies(question))) or 0
    broadcasts = session.scalar(select(func.count()).where(*_broadcasts(question))) or 0
    return share(replies, replies + broadcasts, broadcasts=broadcasts)


def count_staff_and_addressed(question: Question) -> int:
    people = union(
        select(ReplyMade.member_id).where(*_staff_replies(question)),
        select(ReplyMade.to_member_id).where(*_staff_replies(question)),
        select(ThreadOpened.member_id).where(*_broadcasts(question)),
    )
    return session.scalar(select(func.count()).select_from(people.subquery())) or 0


def conversation_rows(question: Question) -> list[Row]:
    replies = select(ReplyMade.post_id, ReplyMade.thread_id).where(*_staff_replies(question))
    ordered = replies.order_by(ReplyMade.thread_id, ReplyMade.event_id)
    return [Row(post_id=post, thread_id=thread) for post, thread in session.execute(ordered)]


def _staff_replies(question: Question) -> list[ColumnElement[bool]]:
    return [
        *asked(ReplyMade, question),
        ReplyMade.boundary == int(Boundary.EXTERNAL),
        ReplyMade.segment == int(Side.EMPLOYEE),
        ReplyMade.to_segment != int(Side.EMPLOYEE),
    ]


def _broadcasts(question: Question) -> list[ColumnElement[bool]]:
    return [*threads(question), ThreadOpened.broadcast.is_(True)]


# Both ways ---------------------------------------------------------------------------


def two_way_threads(question: Question) -> Figure:
    found = two_sided_threads(question)
    return share(sum(went_both_ways(thread, question) for thread in found), len(found))


# Who answers whom ----------------------------------------------------------------------


@shared
def arcs(question: Question) -> set[Arc]:
    pairs = select(ReplyMade.member_id, ReplyMade.to_member_id).distinct()
    found = session.execute(pairs.where(*asked(ReplyMade, question)))
    return {(author, addressed) for author, addressed in found}


def reply_reciprocity(question: Question) -> Figure:
    """Of the whole graph; the part between employees and customers stands in the detail."""
    whole = arcs(question)
    found = reciprocity(whole)
    between = reciprocity(arcs_across(whole, _sides(question), "staff", "customer"))
    return share(*found, employee_customer=_told(between))


def count_talkers(question: Question) -> int:
    return len({person for arc in arcs(question) for person in arc})


def reciprocity_rows(question: Question) -> list[Row]:
    """One reply for each arc that has an arc back."""
    mutual = mutual_arcs(arcs(question))
    first = func.min(ReplyMade.event_id).label("event_id")
    pair = (ReplyMade.member_id, ReplyMade.to_member_id)
    one_each = select(*pair, first).where(*asked(ReplyMade, question)).group_by(*pair).subquery()
    found = session.execute(
        select(*pair, ReplyMade.post_id, ReplyMade.thread_id)
        .join(one_each, one_each.c.event_id == ReplyMade.event_id)
        .order_by(ReplyMade.thread_id, ReplyMade.event_id)
    )
    return [
        Row(post_id=post, thread_id=thread)
        for author, addressed, post, thread in found
        if (author, addressed) in mutual
    ]


def _sides(question: Question) -> dict[int, str]:
    """Staff and customers; who was both in the window counts as staff."""
    either = union(
        select(ReplyMade.member_id, ReplyMade.segment).where(*asked(ReplyMade, question)),
        select(ReplyMade.to_member_id, ReplyMade.to_segment).where(*asked(ReplyMade, question)),
    )
    names = {int(Side.EMPLOYEE): "staff", int(Side.CUSTOMER): "customer"}
    found = sorted((member, segment) for member, segment in session.execute(either))
    return {member: names.get(segment, "other") for member, segment in reversed(found)}


def _told(found: Reciprocity) -> dict[str, float | int | None]:
    return {"value": found.share, "numerator": found.mutual, "denominator": found.arcs}
