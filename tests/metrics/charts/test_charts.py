"""What the charts draw, say and put in their tables."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

from metrics.charts.bars import Bucket, bar_chart
from metrics.charts.drawing import Missing
from metrics.charts.line import Moment, line_chart
from metrics.charts.lorenz import lorenz_chart
from metrics.charts.scales import Scale, round_ticks, stairs, thin
from metrics.charts.survival import survival_chart
from metrics.statistics.concentration import lorenz_points
from metrics.statistics.survival import Wait, kaplan_meier

TEMPLATES = Path(__file__).parents[3] / "templates"
WAITS = [Wait(time, True) for time in (1, 2, 3, 30)] + [Wait(50, False)]


@pytest.fixture
def page():
    app = Flask(__name__, template_folder=str(TEMPLATES))
    Babel(app)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    with app.test_request_context():
        yield app.jinja_env.get_template("metrics/charts/_chart.html").module


def months(*values):
    return [
        Moment(f"month {place}", value, value and value - 0.1, value and value + 0.1, 30)
        for place, value in enumerate(values, start=1)
    ]


@pytest.mark.parametrize(
    ("high", "ticks"),
    [(1, [0, 0.25, 0.5, 0.75, 1]), (183, [0, 50, 100, 150, 200]), (0, [0, 0.25, 0.5, 0.75, 1])],
)
def test_an_axis_ends_at_a_round_value(high, ticks):
    assert round_ticks(high) == pytest.approx(ticks)


def test_an_upward_scale_puts_the_highest_value_at_the_top():
    assert [Scale(0, 10, upward=True)(value) for value in (0, 5, 10)] == [100, 50, 0]


def test_a_stair_holds_its_height_until_the_next_step():
    assert stairs([(0, 9), (4, 5)]) == [(0, 9), (4, 9), (4, 5)]


def test_points_too_close_to_be_seen_are_left_out_but_never_the_last():
    assert thin([(0, 1), (0.1, 2), (5, 3), (5.1, 4)]) == [(0, 1), (5, 3), (5.1, 4)]


def test_a_month_without_a_value_is_a_gap_and_not_a_zero():
    drawing = line_chart(months(0.4, None, 0.5, 0.6), unit="share", summary="")
    lines = [path for path in drawing.paths if path.look == "line"]
    assert len(lines) == 2
    assert drawing.table.rows[1][1] == "–"


def test_what_is_provisional_is_drawn_open():
    moments = [*months(0.4, 0.5), Moment("month 3", 0.6, 0.5, 0.7, 30, provisional=True)]
    drawing = line_chart(moments, unit="share", summary="")
    assert [path.look for path in drawing.paths] == ["band", "line", "line-open"]


def test_one_point_is_no_line():
    assert isinstance(line_chart(months(None, 0.5), unit="share", summary=""), Missing)


def test_the_promise_stands_in_the_waiting_curve_with_what_was_kept():
    drawing = survival_chart(kaplan_meier(WAITS), summary="", promise=24)
    assert drawing.guides == [33.33]
    assert "60\u00a0% answered" in [note.text for note in drawing.notes]
    assert [tick.text for tick in drawing.below] == ["5", "2", "2", "1", "0"]


def test_too_few_to_draw_says_how_many_more():
    assert survival_chart(kaplan_meier([]), summary="") == Missing("Needs 2 more threads.")
    assert lorenz_chart(lorenz_points([3, 2]), 2, summary="") == Missing(
        "Needs 1 more contributor."
    )


def test_a_backlog_of_nothing_says_so():
    nothing = bar_chart([Bucket("old", 0)], summary="", of_what="Age", empty="No question waits.")
    assert nothing == Missing("No question waits.")


def test_the_lorenz_table_says_what_the_most_active_gave():
    points = lorenz_points([0] * 90 + [1] * 9 + [91])
    table = lorenz_chart(points, 100, summary="").table
    assert table.rows[-1] == ["1\u00a0%", "91\u00a0%"]


def test_a_chart_has_a_name_a_table_and_nothing_that_the_policy_forbids(page):
    drawing = survival_chart(kaplan_meier(WAITS), summary="Of 5, three in 24 h.")
    html = str(page.chart(drawing, "waiting", "How long a question waits"))
    assert 'role="img" aria-labelledby="waiting-title waiting-summary"' in html
    assert "<details" in html
    assert html.count("<tr>") == 6
    assert not re.search(r"\sstyle=|<script|\son\w+=", html)


def test_a_title_with_markup_in_it_stays_text(page):
    html = str(page.chart(Missing("None <yet>."), "x", "<b>bold</b>"))
    assert "<b>" not in html
    assert "None &lt;yet&gt;." in html
