"""A contribution counts if it was still there a week later."""

from datetime import UTC, datetime

import pytest

from community.forum.events import TopicDeleted, TopicRestored
from tests.metrics.happenings import History, hours

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WINDOW = {"from": "2026-03-01", "to": "2026-03-20"}


@pytest.fixture
def conversation(gates, noon, database):
    """C1 asks, E1 answers, C2 adds something, all on the first of March."""
    gates(1)
    history = History()
    thread = history.opens("C1", NOON)
    history.replies(thread, "E1", NOON + hours(1))
    post = history.replies(thread, "C2", NOON + hours(2))
    return history, thread, post


def test_what_stays_counts(conversation, tell, ask):
    tell(conversation[0])
    assert ask("contributors", **WINDOW).figure.value == 3


def test_what_is_deleted_within_a_week_does_not_count(conversation, tell, ask):
    history, thread, post = conversation
    history.deletes(post, thread, "E1", NOON + hours(24 * 6))
    tell(history)
    assert ask("contributors", **WINDOW).figure.value == 2
    assert ask("active_members", **WINDOW).figure.value == 2


def test_what_is_deleted_after_a_week_has_counted_and_counts(conversation, tell, ask):
    history, thread, post = conversation
    history.deletes(post, thread, "E1", NOON + hours(24 * 8))
    tell(history)
    assert ask("contributors", **WINDOW).figure.value == 3


def test_what_is_restored_within_the_week_counts(conversation, tell, ask):
    history, thread, post = conversation
    history.deletes(post, thread, "E1", NOON + hours(24))
    history.restores(post, thread, "E1", NOON + hours(48))
    tell(history)
    assert ask("contributors", **WINDOW).figure.value == 3


def test_another_things_return_brings_nothing_else_back(conversation, tell, ask):
    history, thread, post = conversation
    other = history.replies(thread, "C3", NOON + hours(3))
    history.deletes(other, thread, "E1", NOON + hours(4))
    history.deletes(post, thread, "E1", NOON + hours(5))
    history.restores(other, thread, "E1", NOON + hours(6))
    tell(history)
    assert ask("contributors", **WINDOW).figure.value == 3


def test_a_deleted_answer_is_no_answer(gates, noon, tell, ask, database):
    gates(1)
    history = History()
    thread = history.opens("C1", NOON)
    answer = history.replies(thread, "E1", NOON + hours(1))
    history.deletes(answer, thread, "E1", NOON + hours(2))
    tell(history)
    assert ask("unanswered").figure.value == 1
    assert ask("conversation_share", **WINDOW).figure.value is None


def test_with_a_topic_go_all_its_posts_and_come_back_with_it(conversation, tell, ask):
    history, thread, _ = conversation
    gone = TopicDeleted(topic_id=thread, thread_id=thread, author_id=0)
    history.happens("E1", NOON + hours(30), gone)
    tell(history)
    assert ask("contributors", **WINDOW).figure.value is None
    assert ask("unanswered").figure.n == 0
    history.happens(
        "E1", NOON + hours(40), TopicRestored(topic_id=thread, thread_id=thread, author_id=0)
    )
    tell(history)
    assert ask("contributors", **WINDOW).figure.value == 3
    assert ask("unanswered").figure.n == 1
