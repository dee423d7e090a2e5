"""What is found, in what order, and what is said about it."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.search.grammar import parse
from tests.community.search.documents import FOR_EVERYONE, a


def test_all_words_are_needed_wherever_they_stand(found):
    assert found(
        "export fields", a("topic", "Export", "The fields are gone."), a("topic", "Export")
    ) == ["Export"]


def test_words_are_found_in_their_other_forms(found):
    assert found("exporting", a("topic", "Exported invoices")) == ["Exported invoices"]


def test_each_text_is_stemmed_in_its_own_language(found):
    german = a("topic", "Häuser", language="de")
    assert found("haus", german, a("topic", "Mice")) == ["Häuser"]


def test_accents_do_not_matter(found):
    assert found("cafe muller", a("topic", "Café Müller", language="")) == ["Café Müller"]


def test_the_title_weighs_more_than_the_text(found):
    texts = [a("topic", f"Other {n}", "Nothing to see here.") for n in range(5)]
    in_text = a("topic", "Monday", "All about the invoice and what it says.")
    in_title = a("topic", "Invoice", "All about the letter and what it says.")
    assert found("invoice", *texts, in_text, in_title) == ["Invoice", "Monday"]


def test_a_phrase_is_found_in_its_order_only(found):
    assert found('"red walnut"', a("topic", "A red walnut"), a("topic", "A walnut, red")) == [
        "A red walnut"
    ]


def test_a_phrase_never_runs_from_the_title_into_the_text(found):
    assert found('"red walnut"', a("topic", "Red", "walnut")) == []


def test_words_can_be_excluded(found):
    assert found("walnut -red", a("topic", "Red walnut"), a("topic", "Brown walnut")) == [
        "Brown walnut"
    ]
    assert found('-"red walnut"') == ["Brown walnut"]


def test_a_search_in_titles_leaves_texts_out(found):
    assert found("in:title walnut", a("topic", "Walnut"), a("topic", "Oak", "walnut")) == ["Walnut"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("type:idea", "One"),
        ("author:ben", "Two"),
        ("tag:billing", "Three"),
        ('tag:billing "three"', "Three"),
        ("space:help", "Four"),
        ("status:shipped", "One"),
        ("after:2026-06", "Five"),
        ("before:2026", "Two"),
        ("-type:idea -author:ben -tag:billing -space:help before:2026-06", "Six"),
        ("word type:idea,page status:shipped", "One"),
    ],
)
def test_filters_alone_and_with_words(found, text, title):
    documents = [
        a("idea", "One", "word", status="shipped"),
        a("topic", "Two", "word", author="Ben", created_at=datetime(2025, 1, 1, tzinfo=UTC)),
        a("topic", "Three", "word", tags=("Billing", "api")),
        a("topic", "Four", "word", space="help"),
        a(
            "topic",
            "Five",
            "word",
            created_at=datetime(2026, 6, 1, tzinfo=UTC),
            space="help",
            author="ben",
        ),
        a("topic", "Six", "word"),
    ]
    assert title in found(text, *documents)
    if text not in ("author:ben", "space:help"):
        assert found(text) == [title]


@pytest.mark.parametrize(
    "text", ["日本", "東京", "京", "請求書", "c++", "C#", "2.7.4", "ab", "e-mail", "don't"]
)
def test_short_words_other_scripts_and_signs_are_found(found, text):
    title = "東京で日本の請求書 C++ C# 2.7.4 ab e-mail don’t"
    assert found(text, a("topic", title, language="ja"), a("topic", "c 3.7.4 東西")) == [title]


def test_where_no_text_has_all_words_those_with_some_are_shown_and_it_says_so(engine):
    engine.write([a("topic", "Walnut"), a("topic", "Oak")])
    results = engine.search(parse("walnut teak"), FOR_EVERYONE)
    assert results.partial
    assert [hit.title.striptags() for hit in results.hits] == ["Walnut"]


def test_a_misspelt_word_finds_its_like_and_it_says_so(engine):
    engine.write([a("topic", "Calendar"), a("topic", "Oak")])
    results = engine.search(parse("calender"), FOR_EVERYONE)
    assert results.partial
    assert [hit.title for hit in results.hits] == ["<mark>Calendar</mark>"]


def test_a_phrase_and_an_exclusion_hold_even_then(found):
    assert found(
        '"red walnut" teak -oak',
        a("topic", "Red walnut"),
        a("topic", "Red walnut oak"),
        a("topic", "Teak"),
    ) == ["Red walnut"]


def test_one_page_is_one_hit(engine):
    posts = [a("post", f"Walnut {n}", "walnut", group="topic:x") for n in range(3)]
    engine.write([*posts, a("topic", "Walnut", group="topic:x"), a("topic", "Walnut too")])
    results = engine.search(parse("walnut"), FOR_EVERYONE)
    assert (results.total, len(results.hits)) == (2, 2)
    assert results.facets == {"post": 1, "topic": 2}


def test_the_topic_comes_before_the_reply_under_its_title(engine):
    reply = a("post", "Walnut", "Three is fine.", group="topic:x", has_own_title=False)
    topic = a("topic", "Walnut", "How many legs has a table, and why?", group="topic:x")
    engine.write([reply, topic, *(a("topic", f"Oak {n}", "Oak.") for n in range(5))])
    (hit,) = engine.search(parse("walnut"), FOR_EVERYONE).hits
    assert hit.kind == "topic"
    (hit,) = engine.search(parse("walnut three fine"), FOR_EVERYONE).hits
    assert hit.kind == "post"
    (hit,) = engine.search(parse("in:title walnut"), FOR_EVERYONE).hits
    assert hit.kind == "topic"


def test_counts_by_kind_stay_while_one_kind_is_chosen(engine):
    engine.write([a("idea", "Walnut"), a("topic", "Walnut"), a("topic", "Walnut")])
    results = engine.search(parse("walnut type:idea"), FOR_EVERYONE)
    assert (results.total, results.facets) == (1, {"idea": 1, "topic": 2})


def test_pages_follow_each_other_without_gap_or_repetition(engine):
    engine.write([a("topic", f"Walnut {n}") for n in range(5)])
    seen, after = [], 0
    while after is not None:
        page = engine.search(parse("walnut"), FOR_EVERYONE, limit=2, after=after)
        seen += [hit.key for hit in page.hits]
        after = page.next
    assert len(seen) == len(set(seen)) == 5


def test_the_latest_come_first_when_asked(found):
    old = a("topic", "Walnut walnut", created_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert (
        found("walnut", old, a("topic", "New walnut tree table"), latest=True)[0]
        == "New walnut tree table"
    )


def test_a_snippet_marks_words_and_escapes_the_rest(engine):
    engine.write(
        [
            a(
                "topic",
                "<b>Walnut</b>",
                "x " * 300 + "<script>alert(1)</script> walnuts & oak " + "y " * 300,
            )
        ]
    )
    (hit,) = engine.search(parse("walnut"), FOR_EVERYONE).hits
    assert hit.title == "&lt;b&gt;<mark>Walnut</mark>&lt;/b&gt;"
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>walnuts</mark> &amp; oak" in hit.snippet
    assert hit.snippet.startswith("… ") and hit.snippet.endswith(" …")
    assert len(hit.snippet.striptags()) < 260


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*",
        "' OR 1=1--",
        '"unclosed AND (',
        "a OR NOT",
        "title:x",
        "^a NEAR(b)",
        "\0",
        "{",
        "-",
        "--",
        "-*",
        "(((",
    ],
)
def test_nonsense_gets_an_answer(engine, text):
    engine.write([a("topic", "Walnut")])
    assert engine.search(parse(text), FOR_EVERYONE).total in (0, 1)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=200))
def test_any_text_gets_an_answer(engine, text):
    assert engine.search(parse(text), FOR_EVERYONE).total == 0
    assert engine.similar(text, FOR_EVERYONE) == []
    assert engine.complete(text, FOR_EVERYONE) == []
