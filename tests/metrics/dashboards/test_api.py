"""The numbers for programs: what a token reaches, and what the description says of it."""

import pytest

from community.credentials.actions.tokens import make_token
from metrics.questions import ASKED


def bearer(cast, name, *scopes):
    token = make_token(getattr(cast, name), "reports", by=cast.viewer(name), scopes=scopes, days=30)
    return {"Authorization": f"Bearer {token}"}


def test_a_managers_token_for_metrics_reads_them(cast, client):
    answer = client.get("/api/v1/metrics/gini", headers=bearer(cast, "max", "metrics"))
    assert answer.status_code == 200 and answer.json["id"] == "gini"


@pytest.mark.parametrize("scopes", [("read",), ("read", "write")])
def test_a_token_for_something_else_does_not(cast, client, scopes):
    answer = client.get("/api/v1/metrics/gini", headers=bearer(cast, "max", *scopes))
    assert answer.status_code == 403 and answer.json["error"]["code"] == "forbidden"


def test_a_token_gives_nobody_more_than_they_may(cast, client):
    answer = client.get("/api/v1/metrics/gini", headers=bearer(cast, "eve", "metrics"))
    assert answer.status_code == 404


def test_the_description_says_what_may_be_asked(cast, client):
    paths = client.get("/api/v1/openapi.json").json["paths"]
    operation = paths["/api/v1/metrics/{metric_id}"]["get"]
    assert operation["x-scope"] == "metrics"
    assert {one["name"] for one in operation["parameters"]} == {"metric_id", *ASKED}


def test_the_answer_has_what_the_description_promises(cast, client):
    headers = bearer(cast, "max", "metrics")
    paths = client.get("/api/v1/openapi.json").json["paths"]
    schema = paths["/api/v1/metrics/{metric_id}"]["get"]["responses"]["200"]["content"]
    promised = schema["application/json"]["schema"]["required"]
    assert set(promised) <= set(client.get("/api/v1/metrics/gini", headers=headers).json)
    entry = client.get("/api/v1/metrics").json["metrics"][0]
    described = paths["/api/v1/metrics"]["get"]["responses"]["200"]["content"]
    metric = described["application/json"]["schema"]["properties"]["metrics"]["items"]
    assert set(metric["required"]) <= set(entry)
