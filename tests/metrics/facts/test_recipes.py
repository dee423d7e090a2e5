"""What becomes a fact, and what does not."""

import dataclasses
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from community.database import session
from community.events import Event
from community.threads.events import PostRead, PostWritten
from community.watching.events import WatchChanged
from metrics.facts.models import Fact, Kind, Verb
from metrics.facts.recipes import RECIPES, known_recipes
from metrics.facts.recording import fact_of
from tests.metrics.happenings import History, record_all


def facts():
    found = session.scalars(select(Fact).order_by(Fact.event_id)).all()
    return [(Verb(fact.verb), Kind(fact.object_kind)) for fact in found]


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_is_of_an_event_that_has_its_fields(house, name):
    if name not in Event.kinds:
        pytest.skip("the room it comes from is not in this house")
    fields = {field.name for field in dataclasses.fields(Event.kinds[name])}
    recipe = known_recipes()[Event.kinds[name]]
    assert recipe.object_field in fields
    assert recipe.kind is not None or "subject_kind" in fields


def test_an_opening_post_is_one_contribution(noon):
    history = History()
    history.opens("C1", noon)
    record_all(history.events)
    assert facts() == [(Verb.OPENED, Kind.TOPIC), (Verb.TOPIC, Kind.POST)]


def test_what_a_bot_does_is_no_fact(noon):
    history = History()
    history.opens("B1", noon)
    record_all(history.events)
    assert facts() == []


def test_private_conversations_are_never_counted(noon):
    history = History()
    about = {"thread_id": 9, "subject_kind": "conversation", "subject_id": 9}
    history.happens("C1", noon, PostWritten(post_id=4, **about))
    history.happens("C1", noon, PostRead(up_to=1, **about))
    record_all(history.events)
    assert facts() == []


def test_watching_counts_and_muting_does_not(noon):
    history = History()
    for level in ("watching", "muted"):
        watched = WatchChanged(subject_kind="space", subject_id=3, level=level)
        history.happens("C1", noon, watched)
    record_all(history.events)
    assert facts() == [(Verb.WATCH, Kind.NONE)]


def test_the_same_event_twice_is_one_fact(noon):
    history = History()
    history.opens("C1", noon)
    record_all(history.events * 3)
    assert session.scalar(select(func.count()).select_from(Fact)) == 2


def test_the_day_is_that_of_the_installation(noon, house):
    history = History()
    history.opens("C1", noon.replace(hour=23))
    before = house.config["SETTINGS"]
    house.config["SETTINGS"] = replace(before, timezone="Pacific/Auckland")
    try:
        assert fact_of(history.events[0])["day"] == 20260321
    finally:
        house.config["SETTINGS"] = before
