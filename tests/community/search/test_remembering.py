"""What was found is found again at once, as long as the index stays what it was."""

import random
from dataclasses import replace

import pytest

from community.search import remembering
from community.search.grammar import parse
from tests.community.search.documents import FOR_EVERYONE, a


@pytest.fixture(autouse=True)
def nothing_remembered():
    remembering._shelf.clear()


def titles(engine, words="walnut", scope=FOR_EVERYONE, after=0, limit=5):
    found = remembering.search(
        engine, parse(words), scope, limit=limit, after=after, latest=False, language="en"
    )
    return sorted(str(hit.title.striptags()) for hit in found.hits)


def test_what_another_process_writes_or_takes_away_is_seen_at_once(engine, kind, home):
    engine.write([a("topic", "Walnut table", id=1)])
    assert titles(engine) == titles(engine) == ["Walnut table"]
    other = kind(home)
    other.write([a("topic", "Walnut chair", id=2)])
    assert titles(engine) == titles(engine) == ["Walnut chair", "Walnut table"]
    other.write((), [("topic", 1)])
    assert titles(engine) == ["Walnut chair"]
    engine.write([a("topic", "Walnut bench", id=2)])
    assert titles(engine) == ["Walnut bench"]
    other.close()


def test_an_index_built_anew_is_another_one(place, kind):
    for title in ("Walnut table", "Walnut chair"):
        engine = place.rebuild(kind, [a("topic", title, id=1)])
        assert titles(engine) == titles(engine) == [title]


def test_nobody_is_given_what_others_found(engine):
    engine.write([a("topic", "Walnut table", id=1)])
    assert titles(engine) == ["Walnut table"]
    assert titles(engine, scope=replace(FOR_EVERYONE, audiences=frozenset({99}))) == []
    assert titles(engine, scope=replace(FOR_EVERYONE, kinds=frozenset({"page"}))) == []
    assert titles(engine, after=5) == []


def test_there_is_room_for_a_few_hundred_full_pages_whatever_one_may_read(engine):
    much = replace(FOR_EVERYONE, audiences=frozenset(range(2_000)))
    letters = random.Random(3)
    words = ["".join(letters.choices("abdefgiklmnoprstu", k=7)) for _ in range(1_600)]
    bodies = [" ".join(["walnut", *words[first : first + 80]]) for first in range(0, 1_600, 80)]
    engine.write([a("topic", body[:60], body) for body in bodies])
    assert len(titles(engine, scope=much, limit=20)) == 20
    assert remembering._shelf.bytes * 300 < remembering.MOST_BYTES


def test_words_in_vain_take_room_as_well(engine):
    for number in range(3):
        titles(engine, f"xyzzy{number}")
    kept = len(remembering._shelf)
    assert remembering._shelf.bytes >= kept * remembering.BYTES_AN_ANSWER
