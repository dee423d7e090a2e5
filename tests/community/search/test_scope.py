"""Who may find what: what one may not see is in no hit, count, suggestion or completion."""

from dataclasses import replace

import pytest

from community.search.engine import Scope
from community.search.grammar import parse
from tests.community.search.documents import FOR_EVERYONE, FOR_STAFF, STAFF, a

NOT_FOR_EVERYONE = [
    pytest.param({"audience_id": STAFF}, id="narrower audience"),
    pytest.param({"state": "hidden"}, id="hidden"),
    pytest.param({"state": "draft"}, id="draft"),
]


@pytest.mark.parametrize("given", NOT_FOR_EVERYONE)
def test_what_may_not_be_seen_is_neither_found_nor_counted(engine, given):
    engine.write([a("topic", "Walnut"), a("idea", "Walnut secret", "canary", **given)])
    for text in (
        "walnut",
        "type:idea",
        "canary",
        "walnut canary",
        "author:ada",
        "-oak",
        "walnut type:idea",
    ):
        results = engine.search(parse(text), FOR_EVERYONE)
        assert "idea" not in results.facets
        assert all(hit.kind == "topic" for hit in results.hits)
        assert results.total == len(results.hits) <= 1


@pytest.mark.parametrize("given", NOT_FOR_EVERYONE)
def test_what_may_not_be_seen_is_not_suggested(engine, given):
    engine.write([a("idea", "Walnut canary", **given)])
    assert engine.similar("walnut canary", FOR_EVERYONE) == []
    assert engine.similar("walnot", FOR_EVERYONE) == []
    assert engine.complete("waln", FOR_EVERYONE) == []


def test_those_who_may_see_it_find_it(engine):
    engine.write([a("topic", "Walnut"), a("topic", "Walnut", audience_id=STAFF)])
    assert engine.search(parse("walnut"), FOR_STAFF).total == 2


def test_hidden_texts_are_found_where_that_state_may_be_seen(engine):
    engine.write([a("topic", "Walnut", state="hidden")])
    assert (
        engine.search(parse("walnut"), replace(FOR_EVERYONE, states=frozenset({"hidden"}))).total
        == 1
    )


def test_without_audiences_nothing_is_found(engine):
    engine.write([a("topic", "Walnut")])
    assert engine.search(parse("walnut"), Scope(audiences=frozenset())).hits == []


def test_a_page_of_which_only_some_posts_may_be_seen_shows_those(engine):
    engine.write(
        [
            a("topic", "Walnut", "walnut walnut walnut", group="t", audience_id=STAFF),
            a("post", "Re: Oak", "walnut", group="t"),
        ]
    )
    results = engine.search(parse("walnut"), FOR_EVERYONE)
    assert ([hit.kind for hit in results.hits], results.facets) == (["post"], {"post": 1})
