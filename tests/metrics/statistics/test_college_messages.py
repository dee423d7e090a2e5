"""A published community, 1,899 students and 59,835 messages, gives its published numbers."""

from collections import Counter
from pathlib import Path

import networkx
import pytest

from metrics.statistics.concentration import absence_factor, gini, lorenz_points
from metrics.statistics.reply_graph import arcs_of, reciprocity
from metrics.statistics.survival import Wait, kaplan_meier

MESSAGES = Path(__file__).parents[4] / "shared/data/snap-collegemsg/CollegeMsg.txt"
HOUR = 3600

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not MESSAGES.exists(), reason="the data in ../shared are not here"),
]


@pytest.fixture(scope="module")
def messages():
    lines = MESSAGES.read_text().splitlines()[1:]
    return [tuple(map(int, line.split())) for line in lines]


@pytest.fixture(scope="module")
def arcs(messages):
    return arcs_of((sender, receiver) for sender, receiver, _ in messages)


@pytest.fixture(scope="module")
def sent(messages):
    return Counter(sender for sender, _, _ in messages)


def test_the_counts_are_the_published_ones(messages, arcs):
    people = {person for arc in arcs for person in arc}
    assert (len(people), len(messages), len(arcs)) == (1_899, 59_835, 20_296)
    assert len(arcs) / (len(people) * (len(people) - 1)) == pytest.approx(0.0056310, abs=5e-8)


def test_reciprocity_is_the_published_one_and_that_of_networkx(arcs):
    found = reciprocity(arcs).share
    assert found == pytest.approx(0.636382, abs=5e-7)
    assert found == pytest.approx(networkx.overall_reciprocity(networkx.DiGraph(arcs)))


def test_gini_of_degree_counts_every_message(messages, arcs, sent):
    received = Counter(receiver for _, receiver, _ in messages)
    people = sent.keys() | received.keys()
    assert gini([sent[person] + received[person] for person in people]) == pytest.approx(
        0.753661, abs=5e-7
    )
    assert gini([sent[person] for person in people]) == pytest.approx(0.797183, abs=5e-7)
    assert gini([received[person] for person in people]) == pytest.approx(0.728789, abs=5e-7)
    once = Counter(person for arc in arcs for person in arc)
    assert gini(list(once.values())) == pytest.approx(0.6665, abs=5e-5)


def test_a_hundred_and_six_people_sent_half_of_it(sent):
    assert absence_factor(list(sent.values())) == 106


def test_the_top_hundredth_sent_a_fifth(messages, sent):
    everyone = {person for message in messages for person in message[:2]}
    assert len(everyone) - len(sent) == 549
    points = lorenz_points([sent[person] for person in everyone])
    top, next_nine = len(points) - 1 - 19, len(points) - 1 - 190
    assert 1 - points[top][1] == pytest.approx(0.1826, abs=5e-5)
    assert points[top][1] - points[next_nine][1] == pytest.approx(0.4710, abs=5e-5)


def test_the_wait_for_a_first_reply_counts_those_who_never_got_one(messages):
    first = {}
    for place, (sender, receiver, time) in enumerate(messages):
        first.setdefault((sender, receiver), (time, place))
    end = max(time for _, _, time in messages)
    waits = []
    for (sender, receiver), asked in first.items():
        reply = first.get((receiver, sender))
        if reply is None or asked < reply:
            until = reply[0] if reply else end
            waits.append(Wait((until - asked[0]) / HOUR, reply is not None))
    curve = kaplan_meier(waits)
    assert (curve.n, curve.ended) == (13_838, 6_458)
    assert curve.quantile(0.5).value is None
    assert curve.open_at(24).value == pytest.approx(0.6594, abs=5e-5)
    assert curve.open_at(168).value == pytest.approx(0.5766, abs=5e-5)
