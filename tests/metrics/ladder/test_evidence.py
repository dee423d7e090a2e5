"""What counts as evidence, and what does not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.database import session, write_transaction
from community.forum.events import AnswerUnaccepted
from community.members.events import MemberErased, MemberSuspended
from community.reactions.events import ReactionGiven, ReactionWithdrawn
from metrics.ladder.changes import record_change
from metrics.ladder.models import Evidence
from tests.metrics.ladder.climbing import BEFORE, NOW, Climb, on


@pytest.fixture
def climb(gates, noon, database):
    gates(1)
    return Climb()


def rung(climb, name, first=20260216):
    found = select(Evidence.rung).where(
        Evidence.first == first, Evidence.member_id == climb.members[name]
    )
    return session.scalar(found)


def nods(climb, name, posts, *, back=False):
    for place, (author, post) in enumerate(posts):
        about = {
            "reaction": "thank",
            "subject_kind": "post",
            "subject_id": post,
            "to_member_id": climb.member(author),
        }
        climb.happens(name, on(NOW, 3 + place), ReactionGiven(**about))
        if back:
            climb.happens(name, on(NOW, 3 + place, 12), ReactionWithdrawn(**about))


def test_reactions_to_three_others_are_sharing(climb, tell):
    nods(climb, "C1", [("C2", 901), ("C3", 902), ("C4", 903)])
    nods(climb, "C5", [("C2", 901), ("C2", 904), ("C3", 902)])
    nods(climb, "C6", [("C2", 901), ("C6", 905), ("B1", 906), ("C3", 907)])
    tell(climb)
    assert [rung(climb, name) for name in ("C1", "C5", "C6")] == [3, 1, 1]


def test_what_is_taken_back_was_never_given(climb, tell):
    nods(climb, "C1", [("C2", 901), ("C3", 902), ("C4", 903)], back=True)
    tell(climb)
    assert rung(climb, "C1") == 1


def test_watching_one_thing_twice_in_a_day_is_once(climb, tell):
    for hour in (8, 9):
        climb.watches("C1", on(NOW, 2, hour), thing=7)
    climb.reads("C1", on(NOW, 4))
    tell(climb)
    assert rung(climb, "C1") == 1


def test_what_is_deleted_within_a_week_is_no_original(climb, tell):
    thread = climb.shares("C1", NOW)
    opening = climb.openings[thread][0]
    climb.deletes(opening, thread, "E1", on(NOW, 4))
    climb.reads("C1", on(NOW, 12))
    tell(climb)
    assert rung(climb, "C1") == 1


def circle(climb, *names):
    threads = {name: climb.shares(name, NOW) for name in names}
    for name in names:
        for place, other in enumerate(other for other in names if other != name):
            climb.answers(threads[other], name, on(NOW, 10 + place))


def test_three_who_talk_with_nobody_else_only_share(climb, tell):
    circle(climb, "C1", "C2", "C3")
    circle(climb, "C4", "C5", "C6", "C7")
    tell(climb)
    assert [rung(climb, name) for name in ("C1", "C4")] == [3, 4]


def test_three_who_are_all_there_is_participate(climb, tell):
    circle(climb, "C1", "C2", "C3")
    tell(climb)
    assert rung(climb, "C1") == 4


def test_an_acceptance_taken_back_validates_nothing(climb, tell):
    thread = climb.shares("C1", NOW)
    post = climb.answers(thread, "C2", on(NOW, 3))
    climb.accepts("C1", post, thread, "C2", on(NOW, 4))
    kept = climb.answers(thread, "C3", on(NOW, 3))
    climb.accepts("C1", kept, thread, "C3", on(NOW, 5))
    undone = AnswerUnaccepted(
        topic_id=thread, thread_id=thread, post_id=post, to_member_id=climb.member("C2")
    )
    climb.happens("C1", on(NOW, 5), undone)
    tell(climb)
    valid = session.scalars(select(Evidence.member_id).where(Evidence.validated)).all()
    assert set(valid) == {climb.members["C3"]}


def leaves(climb, name: str, kind, at) -> None:
    climb.happens(name, at, kind(member_id=climb.member(name)))
    record_change(climb.events.pop())


def test_who_left_stands_in_a_column_of_their_own(climb, tell, ask):
    for name in ("C1", "C2", "C3"):
        climb.monitors(name, BEFORE)
        climb.monitors(name, NOW)
    with write_transaction():
        leaves(climb, "C1", MemberSuspended, on(NOW, 20))
        leaves(climb, "C2", MemberErased, on(NOW, 20))
    tell(climb)
    detail = ask("ladder_transitions").figure.detail
    row = dict(zip(detail["to"], detail["counts"][detail["from"].index("1")], strict=True))
    assert (row["1"], row["left"], row["erased"]) == (1, 1, 1)
    assert ask("net_progress").figure.n == 1
    assert ask("ladder").figure.n == 1


def test_who_joined_in_the_period_is_new(climb, tell, ask):
    climb.monitors("C1", BEFORE)
    climb.joined_at = on(NOW, 2)
    climb.monitors("C2", NOW)
    climb.member("C3")
    tell(climb)
    counts = ask("ladder_transitions").figure.detail["counts"]
    assert counts[0][:3] == [1, 1, 0]
    assert ask("net_progress").figure.n == 1


def test_the_segment_is_that_of_the_moment(climb, tell, ask):
    climb.monitors("C1", NOW)
    climb.monitors("E1", NOW)
    climb.reads("E2", on(NOW, 5) + timedelta(hours=1))
    tell(climb)
    assert ask("ladder", segment="employee").figure.n == 2
    assert ask("ladder", segment="customer").figure.n == 1
