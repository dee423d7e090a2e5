"""The API's manners: errors in JSON, and a description of everything."""

import pytest
from flask_wtf.csrf import CSRFError

from community.api.resources import check_token_or_form, resources
from community.credentials.actions.tokens import make_token
from tests.conftest import sign_in


def test_nobody_is_told_to_sign_in(cast, client):
    answer = client.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.json["error"]["code"] == "not_signed_in"
    assert answer.headers["Content-Type"] == "application/json"


def test_what_never_was_is_not_found_in_json(cast, client):
    answer = client.get("/api/v1/never-was")
    assert answer.status_code == 404 and answer.json["error"]["code"] == "not_found"


def test_a_wrong_method_says_which_is_right(cast, client):
    answer = client.post("/api/v1/me")
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]


def test_every_resource_is_described(cast, client):
    described = client.get("/api/v1/openapi.json").json
    assert described["openapi"] == "3.1.0"
    count = sum(len(methods) for methods in described["paths"].values())
    assert count == len(resources()) >= 2
    assert described["paths"]["/api/v1/me"]["get"]["x-scope"] == "read"


def test_the_cookie_serves_readers_too(cast, client):
    assert sign_in(client, cast.ada).get("/api/v1/me").json["username"] == "ada"


@pytest.mark.parametrize("kind", ["cookie", "token"])
def test_a_cookie_needs_the_form_token_and_a_bearer_token_does_not(cast, house, kind):
    secret = make_token(cast.ada, "x", by=cast.viewer("ada"), scopes=["write"], days=1)
    headers = {"Authorization": f"Bearer {secret}"} if kind == "token" else {}
    house.config["WTF_CSRF_ENABLED"] = True
    try:
        with house.test_request_context("/api/v1/me", method="POST", headers=headers):
            if kind == "cookie":
                with pytest.raises(CSRFError):
                    check_token_or_form()
            else:
                check_token_or_form()
    finally:
        house.config["WTF_CSRF_ENABLED"] = False
