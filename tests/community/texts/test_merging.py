"""Putting together what two people changed, against git's answers for real revisions."""

import json
import time
from pathlib import Path

import pytest

from community.texts.merging import merge

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
SITES = ("se-beer", "se-meta-bicycles", "se-meta-conlang")
AGREEING = 0.99


def test_changes_of_different_lines_are_both_kept():
    assert merge("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n") == "A\nb\nC\n"


def test_the_same_change_twice_is_made_once():
    assert merge("a\nb\n", "a\nB\n", "a\nB\n") == "a\nB\n"


def test_changes_of_one_line_are_not_put_together():
    assert merge("a\nb\n", "a\nB\n", "a\nbb\n") is None


def test_changes_that_touch_are_not_put_together():
    assert merge("a\nb\n", "A\nb\n", "a\nB\n") is None


@pytest.mark.parametrize("line", ["a\n", "\n", "{}\n"])
def test_no_text_makes_it_slow(line):
    base = "".join(line.format(n % 90) for n in range(60_000))
    ours = "".join(line.format(n * 7 % 90) for n in range(60_000)) + "ours"
    began = time.monotonic()
    merge(base, ours, "theirs\n" + base)
    assert time.monotonic() - began < 10


@pytest.mark.data
@pytest.mark.parametrize("site", SITES)
def test_it_agrees_with_git_on_real_revisions(site, record_property):
    path = DATA / site / "derived" / "merge3_cases.jsonl"
    if not path.exists():
        pytest.skip("the data sets in ../shared/data are not here")
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    ours = [merge(case["base"], case["ours"], case["theirs"]) for case in cases]
    both = list(zip(ours, cases, strict=True))
    told = sum((text is None) == bool(case["conflicts"]) for text, case in both)
    clean = [(text, case["merged"]) for text, case in both if not case["conflicts"]]
    same = sum(text == merged for text, merged in clean)
    record_property("conflicts told", f"{told}/{len(cases)}")
    record_property("texts the same", f"{same}/{len(clean)}")
    print(f"{site}: conflicts {told}/{len(cases)}, texts {same}/{len(clean)}")
    assert told >= AGREEING * len(cases)
    assert same >= AGREEING * len(clean)
