from datetime import UTC, datetime, timedelta

import pytest

from community.demo.moments import moment, span

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


def test_days_and_a_clock_time_name_a_moment_of_that_day():
    assert moment("105d 07:50", now=NOW) == datetime(2026, 8, 9, 7, 50, tzinfo=UTC)


def test_hours_alone_count_back_from_now():
    assert moment("9h", now=NOW) == NOW - timedelta(hours=9)


def test_a_plus_counts_from_what_went_before():
    assert moment("+2d4h", now=NOW, after=NOW) == NOW + timedelta(days=2, hours=4)


@pytest.mark.parametrize("text", ["", "soon", "4 weeks", "2h1d"])
def test_what_is_no_length_of_time_is_refused(text):
    with pytest.raises(ValueError, match="length of time"):
        span(text)
