"""What places a member on which level."""

import pytest

from metrics.ladder.rules import Conduct, Level, level_of, rung_of


@pytest.mark.parametrize(
    ("conduct", "level"),
    [
        (Conduct(), Level.ABSENT),
        (Conduct(active_days=1), Level.MONITOR),
        (Conduct(active_days=1, originals=1), Level.MONITOR),
        (Conduct(active_days=2, sense_making=1), Level.MONITOR),
        (Conduct(active_days=2, sense_making=2), Level.DISCOVER),
        (Conduct(active_days=2, originals=1), Level.SHARE),
        (Conduct(active_days=2, nodded_at=2), Level.MONITOR),
        (Conduct(active_days=2, nodded_at=3), Level.SHARE),
        (Conduct(active_days=1, answered=2, exchanged=True), Level.MONITOR),
        (Conduct(active_days=2, answered=1, exchanged=True), Level.MONITOR),
        (Conduct(active_days=2, answered=2), Level.MONITOR),
        (Conduct(active_days=2, answered=2, exchanged=True), Level.PARTICIPATE),
        (Conduct(active_days=2, answered=2, exchanged=True, closed_circle=True), Level.SHARE),
    ],
)
def test_the_highest_level_whose_rule_is_met(conduct, level):
    assert rung_of(conduct) == level


@pytest.mark.parametrize(
    ("rung", "validated", "periods", "level"),
    [(4, True, 2, 5), (4, True, 1, 4), (4, False, 3, 4), (3, True, 2, 5), (3, False, 2, 3)],
)
def test_creating_together_takes_time_and_somebody_elses_word(rung, validated, periods, level):
    assert level_of(rung, validated=validated, engaged_periods=periods) == level
