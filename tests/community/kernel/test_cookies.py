"""Whoever is signed in stays so when the machine's clock is set back, and no longer than agreed."""

import time

import pytest

from tests.conftest import sign_in

HOUR, QUARTER = 3600, 90 * 24 * 3600


@pytest.fixture
def at(monkeypatch):
    """`at(seconds)`: what the machine's clock says, that many seconds from now."""
    real = time.time

    def at(seconds: int) -> None:
        monkeypatch.setattr("itsdangerous.timed.time.time", lambda: real() + seconds)

    return at


@pytest.mark.parametrize(
    ("signed_in_at", "asked_at", "status"),
    [(HOUR, 0, 200), (0, HOUR, 200), (0, QUARTER, 302)],
    ids=["the clock was set back", "an hour later", "a quarter later"],
)
def test_a_sign_in_outlives_a_clock_that_is_set_back(
    cast, client, at, signed_in_at, asked_at, status
):
    at(signed_in_at)
    sign_in(client, cast.ada)
    at(asked_at)
    assert client.get("/settings/sign-ins").status_code == status
