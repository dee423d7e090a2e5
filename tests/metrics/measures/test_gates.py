"""What is not shown, and what is shown with a warning."""

import pytest

from metrics.measures.drilldown import rows_of
from metrics.results import ResultState
from tests.metrics.happenings import INTERNAL, History, hours


@pytest.fixture
def meeting(noon):
    """Six customers and three employees write, one thing each."""
    history = History()
    for number in range(6):
        history.opens(f"C{number}", noon - hours(20 + number))
    for number in range(3):
        history.opens(f"E{number}", noon - hours(40 + number), space=INTERNAL)
    return history


def test_fewer_than_five_people_are_not_shown(meeting, tell, gates, ask, database):
    gates(5)
    tell(meeting)
    result = ask("contributors", segment="employee")
    assert (result.state, result.figure.value) == (ResultState.SUPPRESSED, None)
    assert result.figure.numerator is None


def test_nor_are_the_rows_behind_them(meeting, tell, gates, ask):
    gates(5)
    tell(meeting)
    assert rows_of(ask("contributors", segment="employee").question) == []
    assert len(rows_of(ask("contributors").question)) == 9


def test_nor_is_what_would_give_them_away_by_subtraction(meeting, tell, gates, ask, database):
    gates(5)
    tell(meeting)
    assert ask("contributors").figure.value == 9
    assert ask("contributors", segment="customer").state == ResultState.SUPPRESSED
    assert ask("contributors", boundary="external").state == ResultState.SUPPRESSED


def test_too_few_cases_are_shown_and_called_too_few(meeting, tell, gates, ask):
    gates(5, rate_from=20)
    tell(meeting)
    result = ask("contributors")
    assert (result.state, result.figure.value) == (ResultState.INSUFFICIENT, 9)
    assert result.reason == "n = 9 is too few to rate; needs 11 more."


def test_nothing_is_not_zero(tell, gates, noon, ask):
    gates(1)
    tell(History())
    result = ask("participation")
    assert (result.state, result.figure.value) == (ResultState.INSUFFICIENT, None)
    assert result.reason == "Nothing to count in this window."


def test_nobody_waiting_among_many_is_a_true_zero(meeting, tell, gates, noon, ask):
    gates(1)
    thread = meeting.opens("C1", noon - hours(9))
    for other in range(1, thread + 1):
        meeting.replies(other, "P1", noon - hours(8))
    tell(meeting)
    assert ask("unanswered").figure.value == 0


def test_a_window_that_has_just_ended_is_provisional_for_a_week(meeting, tell, gates, ask):
    gates(1)
    tell(meeting)
    assert ask("contributors").state == ResultState.PROVISIONAL
    final = ask("contributors", **{"from": "2026-03-01", "to": "2026-03-20", "as_of": "2026-03-28"})
    assert final.state == ResultState.OK
