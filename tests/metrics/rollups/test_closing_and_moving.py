"""Topics that are closed or moved: where they are counted, and until when they wait."""

from datetime import timedelta

import pytest

from community.forum.events import TopicLocked, TopicMoved, TopicUnlocked
from tests.metrics.happenings import EXTERNAL, INTERNAL, History, hours


@pytest.fixture
def waiting(gates, noon, database):
    """C1 has waited for a hundred hours; after ten, E1 closed the topic."""
    gates(1)
    history = History()
    thread = history.opens("C1", noon - hours(100))
    closed = TopicLocked(topic_id=thread, thread_id=thread)
    history.happens("E1", noon - hours(90), closed)
    return history, thread


def curve(ask):
    return ask("first_response").figure.curve


def test_nobody_waits_on_once_a_topic_is_closed(waiting, tell, ask):
    tell(waiting[0])
    assert curve(ask).times == (10,) and curve(ask).ended == 0


def test_but_it_stays_on_the_list_with_its_age(waiting, tell, ask):
    tell(waiting[0])
    figure = ask("unanswered").figure
    assert figure.numerator == 1
    assert [age["count"] for age in figure.detail["ages"]] == [0, 0, 1, 0]


def test_a_topic_that_is_open_again_waits_on(waiting, tell, ask, noon):
    history, thread = waiting
    history.happens("E1", noon - hours(80), TopicUnlocked(topic_id=thread, thread_id=thread))
    tell(history)
    assert curve(ask).times == (100,)


def test_before_it_was_closed_it_waited(waiting, tell, ask, noon):
    tell(waiting[0])
    then = ask("first_response", as_of=(noon - hours(95)).isoformat())
    assert then.figure.curve.times == (5,)


def test_an_answer_after_the_closing_is_an_answer(waiting, tell, ask, noon):
    history, thread = waiting
    history.replies(thread, "E2", noon - hours(40))
    tell(history)
    assert (curve(ask).times, curve(ask).ended) == ((60,), 1)


def test_a_topic_is_counted_where_it_was_moved_to(gates, noon, database, tell, ask):
    gates(1)
    history = History()
    thread = history.opens("C1", noon - timedelta(days=3))
    history.replies(thread, "E1", noon - timedelta(days=2))
    moved = TopicMoved(topic_id=thread, thread_id=thread, from_space_id=EXTERNAL)
    history.happens("E1", noon - timedelta(days=1), moved, space=INTERNAL)
    tell(history)
    assert ask("first_response", boundary="internal").figure.n == 1
    assert ask("first_response", boundary="external").figure.n == 0
    assert ask("contributors", boundary="external").figure.value == 2
