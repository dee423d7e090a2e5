"""Who answers whom: fixture F1 by hand, networkx as the judge."""

import networkx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.statistics.reply_graph import arcs_across, arcs_of, reciprocity

# Fixture F1: every reply and whom it addresses.
F1 = [
    *(("E1", "C1"), ("C1", "E1"), ("E1", "C1")),
    ("E1", "C2"),
    *(("C1", "C3"), ("C3", "C1")),
    *(("C2", "E2"), ("E2", "C2")),
    ("C3", "E3"),
    ("E2", "E1"),
    *(("E3", "C2"), ("C2", "E3")),
]
SEGMENTS = {name: {"E": "employee", "C": "customer"}[name[0]] for pair in F1 for name in pair}


def test_a_reply_is_returned_when_there_is_one_in_the_other_direction():
    found = reciprocity(arcs_of([(1, 2), (2, 1), (2, 3), (3, 4), (4, 3), (1, 4)]))
    assert found == (4, 6)
    assert found.share == pytest.approx(0.6667, abs=5e-5)
    assert found.interval == pytest.approx((0.3, 0.9032), abs=5e-4)


def test_replying_twice_is_one_arc_and_replying_to_oneself_is_none():
    assert arcs_of([(1, 2), (1, 2), (3, 3)]) == {(1, 2)}


def test_without_replies_there_is_no_share():
    assert reciprocity(set()).share is None
    assert reciprocity(set()).interval is None


def test_fixture_f1_returns_three_quarters_between_employees_and_customers():
    between = arcs_across(arcs_of(F1), SEGMENTS, "employee", "customer")
    assert reciprocity(between) == (6, 8)
    dyads = {frozenset(arc) for arc in between}
    assert len(dyads) == 5


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=60))
def test_networkx_counts_the_same(replies):
    arcs = arcs_of(replies)
    assume(arcs)
    assert reciprocity(arcs).share == pytest.approx(
        networkx.overall_reciprocity(networkx.DiGraph(arcs))
    )
