"""What the worker has ready for the dashboards: the same numbers, and none of the waiting."""

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import select

from community import clock
from community.database import session
from community.spaces.models import Space
from metrics.dashboards.jobs import renew_editions
from metrics.facts.recording import mark_dirty
from metrics.measures.editions import LASTS, Scope
from metrics.rollups.building import refresh
from tests.conftest import sign_in
from tests.metrics.happenings import fixture_f1
from tests.sql import counting_sql

PAGES = (
    "/metrics",
    "/metrics/engagement",
    "/metrics/ladder",
    "/metrics?segment=customer",
    "/metrics/ladder?segment=employee",
    "/metrics?space=help",
    "/metrics/engagement?space=help",
)
ROLLUPS = ("metric_member_day", "metric_reply", "metric_thread", "metric_ladder")


@pytest.fixture
def manager(cast, tell, gates, noon, client):
    gates(1)
    tell(fixture_f1(noon))
    return sign_in(client, cast.max)


def make_all():
    """As many turns as the worker needs for all scopes, whatever a turn takes here."""
    for _turn in range(1 + 4 + len(session.scalars(select(Space.id)).all())):
        renew_editions()


def numbers(client, path: str) -> str:
    """Without the forms around them, whose tokens tell the second."""
    text = client.get(path).text
    return text[text.index("<main") : text.index("</main>")]


def rebuilt(day: int) -> None:
    mark_dirty(day)
    session.commit()
    refresh()


def test_pages_say_the_same_and_ask_no_rollups(manager):
    live = [numbers(manager, path) for path in PAGES]
    make_all()
    with counting_sql() as statements:
        ready = [numbers(manager, path) for path in PAGES]
    assert ready == live
    assert not [one for one in statements if any(name in one for name in ROLLUPS)]


def test_who_asks_for_something_else_gets_just_that(manager):
    paths = [f"/metrics?{asked}" for asked in ("boundary=external", "to=2026-03-18", "within=2d")]
    live = [numbers(manager, path) for path in paths]
    renew_editions()
    assert [numbers(manager, path) for path in paths] == live


def test_new_numbers_are_shown_as_soon_as_the_worker_has_them_ready(manager, noon):
    renew_editions()
    before = numbers(manager, "/metrics")
    with clock.at(noon + timedelta(minutes=2)):
        rebuilt(20260319)
        assert numbers(manager, "/metrics") == before
        renew_editions()
        assert numbers(manager, "/metrics") != before


def test_the_worker_rests_before_it_makes_the_same_again(manager, noon):
    renew_editions()
    made = Scope().path.read_text()
    with clock.at(noon + timedelta(microseconds=1)):
        rebuilt(20260319)
        renew_editions()
    assert Scope().path.read_text() == made


def test_without_a_worker_numbers_are_an_hour_behind_at_most(manager, noon):
    renew_editions()
    before = numbers(manager, "/metrics")
    with clock.at(noon + LASTS):
        rebuilt(20260319)
        assert numbers(manager, "/metrics") != before


def test_a_file_that_cannot_be_read_is_no_answer(manager):
    live = numbers(manager, "/metrics")
    renew_editions()
    head, answers = Scope().path.read_text().splitlines()
    torn = [f"{head}\n{rest}" for rest in ("", "[]", "[" * 9_999, '{"x": 1}', f"{answers[:900]}\0")]
    for content in ("", "{}\n{}\n", "[1\n", '{"run": 1}\n', *torn):
        Scope().path.write_text(content)
        assert numbers(manager, "/metrics") == live
    Scope().path.write_text("")
    renew_editions()
    assert Scope().path.read_text()


def test_the_worker_rests_as_well_where_nothing_can_be_kept(manager):
    folder = Scope().path.parent
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("no folder")
    try:
        make_all()
        with counting_sql() as statements:
            renew_editions()
        assert not [one for one in statements if any(name in one for name in ROLLUPS)]
    finally:
        folder.unlink()


def test_who_may_not_see_the_numbers_does_not_see_those_that_are_ready(manager, cast, client):
    renew_editions()
    assert sign_in(client, cast.ada).get("/metrics").status_code == 404
    assert client.get("/metrics?space=help").status_code == 404
