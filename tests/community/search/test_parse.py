"""What the search box understands, and what it takes literally."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.search.grammar import Filter, QueryTooLong, Wanted, parse


def test_words_phrases_and_exclusions_are_told_apart():
    query = parse('export "customer fields" -csv -"old screen"')
    assert query.words == (Wanted("export"), Wanted("customer fields", quoted=True))
    assert query.without == (Wanted("csv"), Wanted("old screen", quoted=True))
    assert query.literal == ()


def test_filters_name_fields_and_values():
    query = parse("type:idea author:@Ada -tag:billing space:help status:shipped")
    assert query.filters == (
        Filter("kind", ("idea",)),
        Filter("author", ("ada",)),
        Filter("tag", ("billing",), excluded=True),
        Filter("space", ("help",)),
        Filter("status", ("shipped",)),
    )


def test_a_comma_means_either_and_a_plus_means_both():
    assert parse("tag:a,b").filters == (Filter("tag", ("a", "b")),)
    assert parse("tag:a+b").filters == (Filter("tag", ("a",)), Filter("tag", ("b",)))


def test_a_value_of_several_words_stands_in_quotes():
    assert parse('tag:"two words" -tag:"a b"').filters == (
        Filter("tag", ("two words",)),
        Filter("tag", ("a b",), excluded=True),
    )


def test_dates_may_be_years_months_or_days():
    query = parse("after:2025 before:2026-03-09")
    assert query.after == datetime(2025, 1, 1, tzinfo=UTC)
    assert query.before == datetime(2026, 3, 9, tzinfo=UTC)


def test_in_title_asks_for_titles_only():
    assert parse("in:title export").in_title


def test_an_unclosed_quote_makes_everything_literal():
    query = parse('"unclosed AND (')
    assert query.literal == ('"unclosed AND (',)
    assert [word.text for word in query.words] == ["unclosed", "AND", "("]


@pytest.mark.parametrize(
    "piece",
    ["before:yesterday", "after:2026-13", "in:trash", "error:500", "tag:", "http://x.example"],
)
def test_what_is_no_filter_is_searched_as_it_stands(piece):
    query = parse(f"walnut {piece}")
    assert query.literal == (piece,)
    assert query.words == (Wanted("walnut"), Wanted(piece))
    assert not query.filters


def test_two_hundred_characters_are_read_and_more_are_refused():
    assert parse("x" * 200).words
    with pytest.raises(QueryTooLong):
        parse("x" * 201)


@given(st.text(max_size=200))
def test_no_text_is_too_strange_to_read(text):
    query = parse(text)
    assert len(query.text) <= 200
