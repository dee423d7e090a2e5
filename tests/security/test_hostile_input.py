"""Whatever people type into whichever field, the house answers; it never breaks."""

from urllib.parse import urlencode

import pytest

from community.search import indexing
from tests.conftest import sign_in
from tests.security.cells import address, names, routes
from tests.security.hostile import FITTING, HOSTILE, watching_fields
from tests.security.rooms import furnish

LEAVES = {"credentials.sign_out", "health.readyz", "privacy.erase", "members.resign"}
WORST = ("nul", "half a character", "zero width", "very long", "huge", "arabic one", "lines")


@pytest.fixture
def house_to_attack(app, cast):
    indexing.rebuild_index()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield names(cast, furnish(cast, "open", closed=False))
    app.config["PROPAGATE_EXCEPTIONS"] = True


def encoded(fields: dict[str, str]) -> str:
    return urlencode(
        {name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()}
    )


def send(browser, route, url: str, fields: dict[str, str]) -> int:
    if route.method == "GET":
        return browser.get(f"{url}?{encoded(fields)}").status_code
    form = "application/x-www-form-urlencoded"
    return browser.open(
        url, method=route.method, data=encoded(fields), content_type=form
    ).status_code


@pytest.mark.timeout(600)
def test_no_field_of_any_form_breaks_the_house(app, cast, client, house_to_attack):
    """Each field that an address reads takes each of the worst values, the others being good."""
    browser, broken, asked = sign_in(client, cast.al), [], 0
    for route in routes(app):
        if route.endpoint in LEAVES:
            continue
        with app.test_request_context():
            values = address(route, house_to_attack)
            url = app.url_map.bind("localhost").build(route.endpoint, values, method=route.method)
        with watching_fields(app) as fields:
            send(browser, route, url, FITTING)
        for field in sorted(fields - {"csrf_token"}):
            fitting = {name: FITTING[name] for name in fields & FITTING.keys()}
            for what in WORST:
                status = send(browser, route, url, fitting | {field: HOSTILE[what]})
                asked += 1
                if status >= 500:
                    broken.append(f"{status} {route.name}: {field} is {what}")
    assert not broken
    assert asked > 1000


@pytest.mark.parametrize("what", WORST)
def test_no_part_of_any_address_breaks_the_house(app, cast, client, house_to_attack, what):
    browser, broken = sign_in(client, cast.al), []
    hostile = HOSTILE[what].encode("utf-8", "surrogatepass")[:3000]
    part = urlencode({"": hostile})[1:].replace("+", "%20")
    for route in routes(app):
        for argument in route.rule.arguments:
            address_ = "".join(
                part
                if (dynamic, data) == (True, argument)
                else data.strip("|")
                if not dynamic
                else "1"
                for dynamic, data in route.rule._trace
            )
            if route.endpoint not in LEAVES:
                status = browser.open(address_, method=route.method).status_code
                if status >= 500:
                    broken.append(f"{status} {route.name}: {argument}")
    assert not broken


def test_a_revision_of_any_number_is_an_answer(app, cast, client, house_to_attack):
    place = f"/wiki/{house_to_attack['wiki']}/{house_to_attack['page_path']}/-"
    huge = "9" * 400
    for url in (f"{place}/history?before={huge}", f"{place}/history?before=-{huge}"):
        assert client.get(url).status_code == 200
    for url in (f"{place}/diff?from={huge}", f"{place}/revision/{huge}", f"{place}/diff?to=-1"):
        assert client.get(url).status_code == 404


def test_a_nul_is_the_same_on_every_database(app, cast, client, house_to_attack):
    browser = sign_in(client, cast.ada)
    assert browser.get("/people?q=a%00b").status_code == 400
    assert browser.get("/t/a%00b").status_code == 404
    thread = house_to_attack["thread"]
    answer = browser.post(f"/threads/{thread}/posts", data={"text": "Long words\0 and more."})
    assert answer.status_code == 400
    assert "cannot be stored (position 10)" in answer.text and "Long words" in answer.text
