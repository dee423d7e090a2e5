"""The pages of the numbers."""

from flask import Blueprint, render_template, request

from community.viewer import current_viewer
from community.web import access
from metrics.catalogue import METRICS
from metrics.dashboards import pages
from metrics.dashboards.ladder import ladder
from metrics.dashboards.levels import LEVELS
from metrics.dashboards.listing import listing
from metrics.questions import asked_in
from metrics.statistics.proportions import wilson

SAMPLE_SIZES = (20, 30, 50, 100, 400)

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
@access("signed_in")
def show_overview():
    page = pages.overview(current_viewer(), request.args)
    return render_template("metrics/overview.html", page=page)


@bp.get("/metrics/engagement")
@access("signed_in")
def show_engagement():
    page = pages.engagement(current_viewer(), request.args)
    return render_template("metrics/engagement.html", page=page)


@bp.get("/metrics/ladder")
@access("signed_in")
def show_ladder():
    page = ladder(current_viewer(), request.args)
    return render_template("metrics/ladder.html", page=page, levels=LEVELS)


@bp.get("/metrics/definitions")
@access("anyone")
def show_definitions():
    widths = [(n, (wilson(n // 2, n).high - wilson(n // 2, n).low) / 2) for n in SAMPLE_SIZES]
    return render_template("metrics/definitions.html", metrics=METRICS, widths=widths)


@bp.get("/metrics/<metric_id>/rows")
@access("signed_in")
def show_rows(metric_id: str):
    start = max(0, request.args.get("start", 0, type=int))
    page = listing(current_viewer(), metric_id, request.args, start)
    return render_template("metrics/rows.html", page=page, asked=asked_in(request.args))
