from collections import Counter
from datetime import UTC, datetime

import pytest

from community.demo.checks import faults
from community.demo.composer import compose
from community.demo.script import read_script

MOMENTS = [
    datetime(2026, 3, 1, 0, 5, tzinfo=UTC),
    datetime(2026, 11, 22, 12, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 55, tzinfo=UTC),
]


@pytest.fixture(scope="module")
def story():
    return compose(read_script(MOMENTS[1]))


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: now.isoformat())
def test_the_story_is_sound_whenever_it_is_told(now):
    assert faults(compose(read_script(now))) == []


def test_the_same_moment_tells_the_same_story(story):
    assert compose(read_script(MOMENTS[1])) == story


def test_the_story_has_the_people_it_promises(story):
    segments = Counter(person.segment for person in story.cast.people.values())
    assert segments == {"employee": 22, "customer": 70, "partner": 5, "public": 4, "bot": 1}
    assert len({person.organization for person in story.cast.of("customer")}) == 13
    assert len(story.cast.units) == 5


def test_the_story_is_long_enough_to_browse(story):
    assert len(story.topics) >= 140
    assert sum(len(topic.posts) for topic in story.topics.values()) >= 600
    assert max(len(topic.posts) for topic in story.topics.values()) > 60
    assert len(story.pages) >= 20
    assert len(story.articles) >= 14


def test_nothing_but_a_broadcast_is_said_twice(story):
    said = Counter(post.text for topic in story.topics.values() for post in topic.posts)
    assert [text for text, times in said.items() if times > 1] == []


def test_flags_are_found_in_each_state(story):
    assert {flag.decision for flag in story.flags} == {"upheld", "rejected", "open"}


def test_questions_wait_less_from_phase_to_phase(story):
    early, late = _answered_within_a_day(story, 112, 78), _answered_within_a_day(story, 34, 1)
    assert early < 0.35
    assert late > 0.75


def test_customers_come_to_answer_customers(story):
    assert _accepted_from_customers(story, 34, 1) > 2 * _accepted_from_customers(story, 112, 78)


def _questions(story, first, last):
    for topic in story.topics.values():
        age = (story.now - topic.opening.at).days
        if (
            story.spaces[topic.space].mode == "questions"
            and topic.space != "floor"
            and last <= age <= first
        ):
            yield topic


def _answered_within_a_day(story, first, last):
    waits = [
        next(
            (post.at - topic.opening.at for post in topic.posts if post.by != topic.opening.by),
            None,
        )
        for topic in _questions(story, first, last)
    ]
    return sum(wait is not None and wait.days < 1 for wait in waits) / len(waits)


def _accepted_from_customers(story, first, last):
    return sum(
        bool(post.accepted_at) and not story.cast.people[post.by].is_employee
        for topic in _questions(story, first, last)
        for post in topic.posts
    )
