"""How numbers read."""

import pytest
from flask import Flask
from flask_babel import Babel

from metrics import wording


@pytest.fixture(autouse=True)
def reader():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("value", "unit", "read"),
    [
        (None, "share", "–"),
        (0.771, "share", "77\u00a0%"),
        (0.004, "share", "0.4\u00a0%"),
        (0.0, "share", "0\u00a0%"),
        (0.25, "hours", "15 min"),
        (6.24, "hours", "6.2 h"),
        (47.0, "hours", "47 h"),
        (72.0, "hours", "3 days"),
        (1899.0, "people", "1,899"),
        (0.7536, "index", "0.75"),
    ],
)
def test_a_value_reads_as_one_would_say_it(value, unit, read):
    assert wording.in_unit(value, unit) == read


@pytest.mark.parametrize(
    ("low", "high", "unit", "read"),
    [
        (None, None, "hours", ""),
        (5.1, None, "hours", "5.1 h or more"),
        (5.1, 7.4, "hours", "5.1 h – 7.4 h"),
        (0.72, 0.81, "share", "72–81\u00a0%"),
    ],
)
def test_an_interval_says_where_it_is_open(low, high, unit, read):
    assert wording.span(low, high, unit) == read


@pytest.mark.parametrize(
    ("change", "unit", "read"),
    [
        (0.06, "share", "+6 points"),
        (-0.01, "share", "\u22121 point"),
        (-1.9, "hours", "\u22121.9 h"),
        (12, "people", "+12"),
    ],
)
def test_a_change_carries_its_sign_and_shares_change_by_points(change, unit, read):
    assert wording.signed(change, unit) == read
