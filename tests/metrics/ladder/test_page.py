"""The ladder's page, its empty states, and who may ask."""

import re

import pytest
from markupsafe import escape

from metrics.dashboards.levels import LEVELS
from metrics.ladder.rules import ORIGINALS, PEOPLE_ANSWERED
from metrics.measures.drilldown import rows_of
from metrics.results import ResultState
from tests.conftest import sign_in
from tests.metrics.happenings import History
from tests.metrics.ladder.climbing import BEFORE, NOW, Climb, fixture_f2

METRICS = (
    "ladder",
    "ladder_transitions",
    "engagement_conversion",
    "engaged_retention",
    "net_progress",
)


@pytest.fixture
def manager(cast, client):
    return sign_in(client, cast.max)


def test_the_page_says_what_the_numbers_say(manager, tell, gates, noon):
    gates(1)
    tell(fixture_f2())
    page = manager.get("/metrics/ladder")
    assert page.status_code == 200
    assert "38\u00a0% of those who are active are engaged with others." in page.text
    assert "of 6 taking part" in page.text and "16 Feb – 15 Mar 2026" in page.text
    assert "compared with the 28 days before" in page.text
    assert "style=" not in page.text


def test_the_matrix_is_a_table(manager, tell, gates, noon):
    gates(1)
    tell(fixture_f2())
    table = re.search(r'<table class="heat">.*?</table>', manager.get("/metrics/ladder").text, re.S)
    assert table
    plain = re.sub(r"</?span[^>]*>", "", table.group())
    heads = re.findall(r'<th scope="col">([^<]*)</th>', plain)
    levels = ["0 Absent", "1 Monitor", "2 Discover", "3 Share", "4 Participate", "5 Co-create"]
    assert heads[1:7] == levels
    assert table.group().count('<th scope="row">') == 6


def test_with_nothing_to_count_it_says_so(manager, tell, gates, noon):
    gates(5, rate_from=20)
    tell(History())
    page = manager.get("/metrics/ladder").text
    assert "Nothing to count in this window." in page
    assert "Too little has happened" in page


def test_with_too_few_it_shows_counts_and_says_so(manager, tell, gates, noon, ask):
    gates(5, rate_from=20)
    climb = Climb()
    for number in range(8):
        climb.monitors(f"C{number}", BEFORE)
        climb.monitors(f"C{number}", NOW)
    tell(climb)
    assert ask("ladder").state == ResultState.INSUFFICIENT
    assert "n = 8 is too few to rate" in manager.get("/metrics/ladder").text


def test_what_would_tell_of_too_few_is_told_together(manager, tell, gates, noon, ask):
    gates(5)
    climb = Climb()
    for number in range(30):
        climb.monitors(f"C{number}", BEFORE)
        climb.monitors(f"C{number}", NOW)
    for number in range(6):
        climb.discovers(f"P{number}", NOW)
    for number in range(2):
        climb.shares(f"C{number}", NOW)
    tell(climb)
    parts = {part["name"]: part["count"] for part in ask("ladder").figure.detail["distribution"]}
    assert (parts["share"], parts["discover"], parts["monitor"]) == (None, None, 28)
    assert ask("engaged_retention").figure.value is None
    assert ask("ladder", segment="partner").figure.value == 0
    page = manager.get("/metrics/ladder").text
    assert "Levels with too few people are shown with another." in page
    assert "Discover, Share" in page
    assert "Several of levels 1 to 3" in page
    assert "Levels 4 and 5 together" not in page


def test_every_step_says_what_it_takes(manager, tell, gates, noon):
    gates(1)
    tell(fixture_f2())
    page = manager.get("/metrics/ladder").text
    rules = page[page.index('id="rules"') :]
    for words in LEVELS:
        assert f"<dt>{words.level:d} {words.name}</dt><dd>{escape(words.rule)}</dd>" in rules
    assert f"answered at least {PEOPLE_ANSWERED} others" in rules
    assert f"wrote at least {ORIGINALS} topic" in rules


def test_the_ladder_of_a_segment_says_whose_it_is(manager, tell, gates, noon):
    gates(1)
    tell(fixture_f2())
    page = manager.get("/metrics/ladder?to=2026-03-18&segment=customer").text
    assert 'aria-current="page">Customers</a>' in page
    assert 'href="/metrics/ladder?to=2026-03-18">Everyone</a>' in page
    assert "· Customers" in manager.get("/metrics/ladder/rows?segment=customer").text


def test_a_row_of_too_few_is_hidden_with_another(manager, tell, gates, noon, ask):
    gates(5)
    climb = Climb()
    for number in range(20):
        climb.monitors(f"C{number}", BEFORE)
    for number in range(6):
        climb.discovers(f"P{number}", BEFORE)
    for number in range(2):
        climb.shares(f"C{number}", BEFORE)
    tell(climb)
    detail = ask("ladder_transitions").figure.detail
    told = dict(zip(detail["from"], detail["counts"], strict=True))
    assert told["3"] is None and told["2"] is None and sum(told["1"]) == 18
    assert manager.get("/metrics/ladder").text.count("too few people to be told of") == 2


@pytest.mark.parametrize("metric_id", METRICS)
@pytest.mark.parametrize("name", ["space", "boundary"])
def test_it_is_of_the_whole_community_alone(manager, house, metric_id, name):
    asked = {"space": "plaza"} if name == "space" else {"boundary": "external"}
    answer = manager.get(f"/api/v1/metrics/{metric_id}", query_string=asked)
    assert (answer.status_code, answer.json["error"]["field"]) == (422, name)


def test_page_api_and_rows_agree(manager, tell, gates, noon):
    gates(1)
    tell(fixture_f2())
    told = manager.get("/api/v1/metrics/engagement_conversion").json
    assert (told["numerator"], told["denominator"], told["version"]) == (1, 6, 1)
    rows = manager.get("/api/v1/metrics/engagement_conversion/rows").json
    assert rows["count"] == 1 and rows["rows"][0]["kind"] == "member"
    series = manager.get(
        "/api/v1/metrics/net_progress/series?step=period&from=2026-01-01&to=2026-03-18"
    ).json
    assert [round(point["value"], 2) for point in series["series"][-2:]] == [0.7, 0.3]


def test_no_employee_is_named(manager, cast, tell, gates, noon, ask):
    gates(1)
    climb = Climb()
    climb.members["E1"] = cast.eve.id
    climb.shares("E1", NOW)
    tell(climb)
    assert len(rows_of(ask("ladder_transitions").question)) == 1
    rows = manager.get("/api/v1/metrics/ladder_transitions/rows").json["rows"]
    assert [(row["name"], row["segment"]) for row in rows] == [(None, "employee")]


def test_for_others_it_does_not_exist(cast, client):
    assert sign_in(client, cast.ada).get("/metrics/ladder").status_code == 404
