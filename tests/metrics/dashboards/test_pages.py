"""The numbers as pages, API and command line: who may see them, and that they agree."""

import json

import pytest

from community import clock
from community.audiences import Level, set_grant
from community.database import session, write_transaction
from community.spaces.models import Space
from tests.conftest import sign_in
from tests.metrics.happenings import fixture_f1

PAGES = ("/metrics", "/metrics/engagement", "/metrics/gini/rows")


@pytest.fixture
def counted(cast, tell, gates, noon):
    gates(1)
    tell(fixture_f1(noon))
    return cast


@pytest.fixture
def manager(counted, client):
    return sign_in(client, counted.max)


@pytest.mark.parametrize("path", PAGES)
def test_a_manager_sees_the_numbers(manager, path):
    answer = manager.get(path)
    assert answer.status_code == 200
    assert "style=" not in answer.text


@pytest.mark.parametrize("path", [*PAGES, "/api/v1/metrics/gini"])
@pytest.mark.parametrize("name", ["ada", "eve", "mo"])
def test_for_others_they_do_not_exist(counted, client, name, path):
    absent = sign_in(client, getattr(counted, name)).get(path.replace("gini", "nothing-such"))
    answer = client.get(path)
    assert answer.status_code == 404
    if "gini" in path:
        assert answer.data == absent.data


def test_a_visitor_is_asked_to_sign_in(counted, client):
    assert client.get("/metrics").status_code == 302
    assert client.get("/api/v1/metrics/gini").status_code == 401


def test_the_definitions_and_the_catalogue_are_for_everybody(counted, client):
    page = client.get("/metrics/definitions")
    assert page.status_code == 200
    assert 'id="absence_factor"' in page.text
    catalogue = client.get("/api/v1/metrics").json["metrics"]
    assert {entry["id"] for entry in catalogue} >= {"gini", "first_response", "reciprocity"}


def test_the_overview_begins_with_what_the_numbers_say(manager):
    page = manager.get("/metrics").text
    lead = page[page.index('class="lead"') : page.index('class="figures"')]
    assert "is answered within 24 h" in lead
    assert "2 topics have no answer yet" in lead


def test_the_api_gives_the_whole_result(manager):
    told = manager.get("/api/v1/metrics/conversation_share").json
    assert told["value"] == 0.625
    assert (told["numerator"], told["denominator"], told["n"]) == (5, 8, 8)
    assert told["low"] == pytest.approx(0.306, abs=5e-4)
    assert told["window"]["to"] == "2026-03-20"
    assert told["previous"]["window"]["to"] == "2026-02-20"
    assert told["version"] == 1


def test_page_api_and_command_line_agree(manager, house):
    as_of = clock.now().isoformat()
    asked = {"boundary": "external", "as_of": as_of}
    told = manager.get("/api/v1/metrics/first_response", query_string=asked).json
    shown = house.test_cli_runner().invoke(
        args=[
            "metrics",
            "show",
            "first_response",
            "--boundary",
            "external",
            "--as-of",
            as_of,
            "--json",
        ]
    )
    assert json.loads(shown.output)["value"] == told["value"] == 20
    assert "20 h" in manager.get("/metrics", query_string=asked).text


def test_the_rows_of_the_api_are_counted_even_where_they_are_closed(manager):
    told = manager.get("/api/v1/metrics/two_way_threads/rows").json
    assert told["count"] == len(told["rows"]) == 3


def test_a_series_has_one_result_for_each_week(manager):
    asked = {"step": "week", "from": "2026-02-21", "to": "2026-03-20"}
    told = manager.get("/api/v1/metrics/contributors/series", query_string=asked).json["series"]
    assert [point["window"]["to"] for point in told] == [
        "2026-02-27",
        "2026-03-06",
        "2026-03-13",
        "2026-03-20",
    ]
    assert told[2]["value"] == 6


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-03-20", "to": "2026-03-01"}, "from"),
        ({"to": "9999-12-31"}, "to"),
        ({"as_of": "noon"}, "as_of"),
        ({"segment": "robots"}, "segment"),
        ({"boundary": "both"}, "boundary"),
        ({"within": "soon"}, "within"),
        ({"within": "99999h"}, "within"),
    ],
)
def test_a_question_that_cannot_be_read_names_its_field(manager, asked, field):
    answer = manager.get("/api/v1/metrics/answered_within", query_string=asked)
    assert answer.status_code == 422
    assert answer.json["error"]["field"] == field


def test_an_unknown_metric_or_space_is_not_there(manager):
    assert manager.get("/api/v1/metrics/happiness").status_code == 404
    assert manager.get("/api/v1/metrics/gini?space=nowhere").status_code == 404


def test_an_owner_sees_the_numbers_of_their_own_space_alone(counted, client, house):
    with write_transaction():
        space = session.query(Space).filter_by(slug="plaza").one()
        set_grant(space.audience, Level.OWN, member=counted.ada)
    owner = sign_in(client, counted.ada)
    assert owner.get("/api/v1/metrics/gini?space=plaza").status_code == 200
    page = owner.get("/metrics?space=plaza")
    assert page.status_code == 200
    assert '<input type="hidden" name="space" value="plaza">' in page.text
    assert 'href="/metrics?space=plaza&amp;segment=customer">Customers</a>' in page.text
    assert owner.get("/api/v1/metrics/gini?space=help").status_code == 404
    assert owner.get("/metrics").status_code == 404


def test_rebuilding_from_the_command_line_says_what_it_did(counted, house):
    shown = house.test_cli_runner().invoke(args=["metrics", "rebuild"])
    assert shown.exit_code == 0
    assert "4 days made anew" in shown.output
