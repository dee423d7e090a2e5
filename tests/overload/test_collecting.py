"""The collector, between requests."""

import gc

import pytest

from community import serving


class Ring:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collected():
    """How often the collector went through each generation."""
    gc.collect()
    before = [one["collections"] for one in gc.get_stats()]
    known = gc.get_threshold()
    gc.set_threshold(serving.GROWN_BY_IN_ONE_REQUEST, serving.OLDER_AFTER, serving.OLDEST_AFTER)
    yield lambda: [
        one["collections"] - then for one, then in zip(gc.get_stats(), before, strict=True)
    ]
    gc.set_threshold(*known)


def test_nobody_waits_for_the_collector_in_the_midst_of_a_page(collected):
    for _number in range(3 * serving.GROWN_BY):
        Ring()
    assert collected() == [0, 0, 0]
    serving.post_request(None, None, None, None)
    assert sum(collected()) == 1
    serving.post_request(None, None, None, None)
    assert sum(collected()) == 1


def test_what_lived_longer_is_looked_through_now_and_then(collected):
    for _request in range(40):
        for _number in range(2 * serving.GROWN_BY):
            Ring()
        serving.post_request(None, None, None, None)
    young, middle, _old = collected()
    assert young > 30
    assert middle >= 3
