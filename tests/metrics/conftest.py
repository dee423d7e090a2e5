"""Asking a metric in a test."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from community import clock
from community.config import settings
from metrics.catalogue import find_metric
from metrics.measures import editions
from metrics.measures.answers import answer
from metrics.questions import question_from
from metrics.rollups.building import refresh
from tests.metrics.happenings import record_all


@pytest.fixture
def gates(house):
    """Set the gates for one test: `gates(1)` shows everything."""
    before = house.config["SETTINGS"]

    def set_gates(suppress_below: int, rate_from: int = 1) -> None:
        house.config["SETTINGS"] = replace(
            settings(), suppress_below=suppress_below, rate_from=rate_from
        )

    yield set_gates
    house.config["SETTINGS"] = before


@pytest.fixture(autouse=True)
def nothing_in_print(house):
    """Editions of the numbers outlive the database of a test."""
    yield
    shutil.rmtree(settings().data_dir / "kept-numbers", ignore_errors=True)
    editions._unkept.clear()


@pytest.fixture
def ask(house):
    def ask_for(metric_id: str, **asked: str):
        return answer(question_from(find_metric(metric_id), asked))

    return ask_for


@pytest.fixture
def tell(house):
    """Record a history and make the rollups."""

    def told(history) -> None:
        record_all(history.events)
        refresh()

    return told


@pytest.fixture
def noon(house):
    moment = datetime(2026, 3, 20, 12, tzinfo=UTC)
    with clock.at(moment):
        yield moment
