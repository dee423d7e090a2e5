"""The numbers for programs: the same results as on the pages."""

from typing import Any

from flask import request

from community.api.resources import Resources, Schema
from community.api.schemas import FLAG, ID, NUMBER, TEXT, TIME, list_of, or_null, thing
from community.viewer import current_viewer
from metrics.catalogue import METRICS
from metrics.measures.answers import answer
from metrics.measures.asking import find_question
from metrics.measures.drilldown import rows_of, show
from metrics.measures.freshness import freshness
from metrics.measures.series import series
from metrics.questions import ASKED

ROWS = 5000

ASKS: dict[str, Schema] = dict.fromkeys(ASKED, TEXT)
MEASURE = {"type": "number"}
METRIC = thing(
    id=TEXT,
    name=TEXT,
    definition=TEXT,
    formula=TEXT,
    unit=TEXT,
    version=NUMBER,
    step=or_null(NUMBER),
    level=or_null(TEXT),
    numerator=or_null(TEXT),
    rows=TEXT,
)
RESULT = thing(
    id=TEXT,
    value=or_null(MEASURE),
    low=or_null(MEASURE),
    high=or_null(MEASURE),
    n=NUMBER,
    numerator=or_null(MEASURE),
    denominator=or_null(MEASURE),
    unit=TEXT,
    state=TEXT,
    reason=TEXT,
    window={"type": "object"},
    previous={"type": ["object", "null"]},
    version=NUMBER,
    computed_at=or_null(TIME),
)
ROW = thing(
    open=FLAG,
    kind=TEXT,
    id=or_null(ID),
    url=or_null(TEXT),
    title=or_null(TEXT),
    name=or_null(TEXT),
    segment=or_null(TEXT),
)

api_bp = Resources("metrics")


@api_bp.resource(
    "GET",
    "/metrics",
    summary="The catalogue of metrics",
    answer=thing(metrics=list_of(METRIC)),
    access_for="anyone",
)
def list_metrics() -> dict[str, Any]:
    return {"metrics": [metric.as_json() for metric in METRICS.values()]}


@api_bp.resource(
    "GET",
    "/metrics/<metric_id>",
    summary="One metric's value, with its interval",
    answer=RESULT,
    scope="metrics",
    query=ASKS,
)
def show_metric(metric_id: str) -> dict[str, Any]:
    return answer(find_question(current_viewer(), metric_id, request.args)).as_json()


@api_bp.resource(
    "GET",
    "/metrics/<metric_id>/rows",
    summary="The rows behind the value",
    answer=thing(count=NUMBER, rows=list_of(ROW), next=or_null(NUMBER)),
    scope="metrics",
    query=ASKS | {"start": NUMBER},
)
def list_rows(metric_id: str) -> dict[str, Any]:
    viewer = current_viewer()
    question = find_question(viewer, metric_id, request.args)
    start = max(0, request.args.get("start", 0, type=int))
    rows = rows_of(question)
    return {
        "count": len(rows),
        "rows": [row.as_json() for row in show(rows[start : start + ROWS], viewer)],
        "next": start + ROWS if start + ROWS < len(rows) else None,
    }


@api_bp.resource(
    "GET",
    "/metrics/<metric_id>/series",
    summary="The metric in steps of a day, a week or a period",
    answer=thing(series=list_of(RESULT)),
    scope="metrics",
    query=ASKS | {"step": TEXT},
)
def list_series(metric_id: str) -> dict[str, Any]:
    question = find_question(current_viewer(), metric_id, request.args)
    found = series(question, request.args.get("step", "week"), freshness())
    return {"series": [result.as_json() for result in found]}
