"""The numbers for programs: the same results as on the pages."""

from flask import Blueprint, jsonify, request

from community.viewer import current_viewer
from community.web import access
from metrics.catalogue import METRICS
from metrics.measures.answers import answer
from metrics.measures.asking import find_question
from metrics.measures.drilldown import rows_of, show
from metrics.measures.freshness import freshness
from metrics.measures.series import series

ROWS = 5000

api_bp = Blueprint("metrics_api", __name__, url_prefix="/api/v1/metrics")


@api_bp.get("")
@access("anyone")
def list_metrics():
    return jsonify(metrics=[metric.as_json() for metric in METRICS.values()])


@api_bp.get("/<metric_id>")
@access("signed_in")
def show_metric(metric_id: str):
    return jsonify(answer(find_question(current_viewer(), metric_id, request.args)).as_json())


@api_bp.get("/<metric_id>/rows")
@access("signed_in")
def list_rows(metric_id: str):
    viewer = current_viewer()
    question = find_question(viewer, metric_id, request.args)
    start = max(0, request.args.get("start", 0, type=int))
    rows = rows_of(question)
    shown = show(rows[start : start + ROWS], viewer)
    return jsonify(
        count=len(rows),
        rows=[row.as_json() for row in shown],
        next=start + ROWS if start + ROWS < len(rows) else None,
    )


@api_bp.get("/<metric_id>/series")
@access("signed_in")
def list_series(metric_id: str):
    question = find_question(current_viewer(), metric_id, request.args)
    found = series(question, request.args.get("step", "week"), freshness())
    return jsonify(series=[result.as_json() for result in found])
