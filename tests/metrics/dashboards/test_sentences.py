"""What the pages say first, and that they say no more than the intervals allow."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import Babel

from metrics.catalogue import find_metric
from metrics.dashboards import sentences
from metrics.dashboards.tiles import change_in_words
from metrics.questions import Question
from metrics.results import Figure, Result, ResultState
from metrics.windows import Window

NOW = datetime(2026, 3, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def reader():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def found(metric_id, value, low=None, high=None, state=ResultState.OK, **detail):
    question = Question(
        metric=find_metric(metric_id),
        window=Window.ending(date(2026, 3, 20), ZoneInfo("UTC")),
        as_of=NOW,
    )
    figure = Figure(value=value, low=low, high=high, n=100, detail=detail)
    return Result(question=question, figure=figure, state=state, reason="too few", computed_at=NOW)


def after(earlier, later):
    return replace(later, previous=earlier)


ABSENCE = found("absence_factor", 3.0, 2, 5)
WAITING = found("unanswered", 0.0, 0, 3, ages=[])


def test_a_clear_rise_is_called_faster():
    answered = after(
        found("answered_within", 0.5, 0.45, 0.55), found("answered_within", 0.8, 0.75, 0.85)
    )
    said = sentences.overview(answered, ABSENCE, WAITING)
    assert said[0].startswith("You answer faster than in the weeks before: 80")
    assert said[1] == "3 people write half of everything."
    assert said[2] == "Nobody is waiting for an answer."
    assert change_in_words(answered) == ("+30 points", "up")


def test_a_clear_fall_is_called_slower():
    answered = after(
        found("answered_within", 0.8, 0.75, 0.85), found("answered_within", 0.5, 0.45, 0.55)
    )
    assert "slower" in sentences.overview(answered, ABSENCE, WAITING)[0]
    assert change_in_words(answered) == ("\u221230 points", "down")


def test_what_may_be_chance_is_not_called_a_change():
    answered = after(
        found("answered_within", 0.5, 0.3, 0.7), found("answered_within", 0.6, 0.4, 0.8)
    )
    assert "than in the weeks before" not in sentences.overview(answered, ABSENCE, WAITING)[0]
    assert change_in_words(answered) == ("no clear change", "flat")


def test_a_shorter_wait_is_good():
    faster = after(found("first_response", 9.0, 8, 10), found("first_response", 4.0, 3, 5))
    assert change_in_words(faster) == ("\u22125 h", "up")


def test_with_too_little_it_says_so():
    thin = found("answered_within", 0.5, 0.1, 0.9, ResultState.INSUFFICIENT)
    nothing = found("unanswered", None, state=ResultState.INSUFFICIENT)
    few = found("absence_factor", None, state=ResultState.SUPPRESSED)
    assert "Too little has happened" in sentences.overview(thin, few, nothing)[0]
    assert change_in_words(thin) == ("too few", "flat")


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.6, 0.8, "with others more than at"),
        (0.2, 0.4, "at others more than"),
        (0.4, 0.7, "a reply"),
    ],
)
def test_at_or_with_is_said_only_beyond_the_middle(low, high, said):
    conversation = found("conversation_share", (low + high) / 2, low, high)
    two_way = found("two_way_threads", 0.3, 0.2, 0.4)
    assert said in sentences.engagement(conversation, two_way, found("reciprocity", 0.5))[0]


@pytest.mark.parametrize(
    ("ages", "said"),
    [
        ([(0, 1), (24, 2)], "3 topics have no answer yet, 2 of them for longer than a day."),
        ([(0, 0), (24, 2)], "2 topics have waited longer than a day for an answer."),
        ([(0, 1), (24, 0)], "1 topic has no answer yet."),
    ],
)
def test_the_backlog_says_how_much_of_it_is_old(ages, said):
    told = [{"from_hours": age, "count": count} for age, count in ages]
    waiting = found("unanswered", float(sum(count for _, count in ages)), ages=told)
    assert said in sentences.overview(found("answered_within", 0.5, 0.4, 0.6), ABSENCE, waiting)
