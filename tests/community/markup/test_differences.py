"""Comparing two versions."""

import random
import re
import time
from html import unescape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from community.markup import matching_stretches, side_by_side, word_diff
from tests.community.markup.judge import faults

lines = st.lists(st.sampled_from(["a", "b", "c d", "<e>", "", "f & g h"]), max_size=8).map(
    "\n".join
)


def _without(tag, html):
    return unescape(
        re.sub(r"<[^>]*>", "", re.sub(f"<{tag}>.*?</{tag}>", "", html, flags=re.DOTALL))
    )


def test_changed_words_are_marked():
    assert word_diff("one two three", "one 2 three") == "one <del>two</del><ins>2</ins> three"


def test_what_is_equal_is_not_marked():
    assert word_diff("a <b>\n", "a <b>\n") == "a &lt;b&gt;\n"
    assert word_diff("", "") == ""


def test_texts_put_in_and_taken_out():
    assert word_diff("", "a b") == "<ins>a b</ins>" and word_diff("a\n", "") == "<del>a\n</del>"


def test_a_moved_paragraph_keeps_the_others_together():
    html = word_diff("x\ncommon one\ncommon two\n", "common one\ncommon two\nx\n")
    assert html == "<del>x\n</del>common one\ncommon two\n<ins>x\n</ins>"


@given(lines, lines)
@settings(max_examples=150, deadline=None)
def test_both_versions_can_be_read_from_the_difference(old, new):
    html = word_diff(old, new)
    assert (_without("ins", html), _without("del", html)) == (old, new)
    assert faults(html) == []


@given(lines, lines)
@settings(max_examples=100, deadline=None)
def test_both_versions_can_be_read_from_the_columns(old, new):
    assume(old.splitlines() != new.splitlines())
    rows = side_by_side(old, new, context=100)
    left = [_without("x", row.old) for row in rows if row.old is not None]
    right = [_without("x", row.new) for row in rows if row.new is not None]
    assert (left, right) == (old.splitlines(), new.splitlines())


def test_columns_number_their_lines_and_leave_out_what_is_far_from_a_change():
    old = [str(n) for n in range(30)]
    new = [*old[:15], "fifteen!", *old[16:], "new"]
    rows = side_by_side("\n".join(old), "\n".join(new), context=2)
    assert [(row.kind, row.old_number, row.new_number, row.count) for row in rows] == [
        ("skipped", None, None, 13),
        ("same", 14, 14, 0),
        ("same", 15, 15, 0),
        ("changed", 16, 16, 0),
        ("same", 17, 17, 0),
        ("same", 18, 18, 0),
        ("skipped", None, None, 10),
        ("same", 29, 29, 0),
        ("same", 30, 30, 0),
        ("added", None, 31, 0),
    ]


def test_lines_without_a_partner_stand_alone():
    rows = side_by_side("a\nb\nc", "a")
    assert [(row.kind, row.old, row.new) for row in rows][1:] == [
        ("removed", "<del>b</del>", None),
        ("removed", "<del>c</del>", None),
    ]


def test_one_hidden_line_is_shown_instead_of_a_note_that_it_is_hidden():
    assert [row.kind for row in side_by_side("a\nb", "a\nc", context=0)] == ["same", "changed"]


def test_the_same_text_has_no_rows_worth_reading():
    assert [row.kind for row in side_by_side("a\nb\nc", "a\nb\nc")] == ["skipped"]


_random = random.Random(7)
_WORDS = ["alpha", "beta", "gamma", "delta", "the", "of"]
_PAGE = "\n".join(" ".join(_random.choices(_WORDS, k=12)) for _ in range(4000))
HOSTILE = {
    "all lines alike": ("same line\n" * 20_000, "same line!\n" * 20_000),
    "alike but for the first": ("x\n" + "a\n" * 60_000, "y\n" + "a\n" * 59_000),
    "similar lines": (
        "".join(f"line {n} of many\n" for n in range(5000)),
        "".join(f"line {n} of  many\n" for n in range(5000)),
    ),
    "one long line": ("word " * 50_000, "word  " * 40_000),
    "shuffled": (_PAGE, "\n".join(_random.sample(_PAGE.split("\n"), 4000))),
    "rewritten": (_PAGE, "\n".join(" ".join(_random.choices(_WORDS, k=12)) for _ in range(4000))),
    "characters": ("ab" * 128_000, "ba" * 128_000),
    "punctuation": (".-" * 60_000, "-." * 60_000 + "!"),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("compare", [word_diff, side_by_side])
def test_no_pair_of_texts_takes_longer_than_a_moment(name, compare):
    started = time.process_time()
    compare(*HOSTILE[name])
    assert time.process_time() - started < 3, "of its own time, whatever else the machine does"


def test_stretches_that_two_versions_share_are_found_wherever_they_moved():
    assert matching_stretches(["a", "b", "c"], ["x", "a", "b", "y", "c"]) == [(0, 1, 2), (2, 4, 1)]
