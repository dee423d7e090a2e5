"""Our figures beside the judge's."""

from datetime import UTC, date, datetime, timedelta

import networkx
import pytest

from metrics.catalogue import METRICS
from metrics.measures.drilldown import rows_of
from tests.metrics.judges import climbing, verdicts
from tests.metrics.judges.verdicts import Span, World


def compare(world: World, ask, first: str, last: str, seen: datetime) -> None:
    """Every metric in one window, as seen at a moment; and as many rows as its numerator says."""
    asked = {"from": first, "to": last, "as_of": seen.isoformat()}
    span = span_of(first, last, seen)
    compare_people(world, span, ask, asked)
    compare_waiting(world, span, ask, asked)
    compare_dialogue(world, span, ask, asked)
    for metric in METRICS.values():
        if metric.numerator:
            result = ask(metric.id, **asked)
            assert len(rows_of(result.question)) == (result.figure.numerator or 0), metric.id


def compare_ladder(world: World, ask, first: date, last: date) -> int:
    """Every fifth week, so that all four ways of laying periods are met; gives how many."""
    judge, sunday, count = climbing.Judge(world), first + timedelta(days=6 - first.weekday()), 0
    while sunday <= last:
        for segment in ("", verdicts.STAFF, verdicts.CUSTOMER):
            asked = {"to": sunday.isoformat(), "segment": segment}
            ladder, ways = ask("ladder", **asked), ask("ladder_transitions", **asked)
            matrix = judge.matrix(sunday, segment)
            assert _matrix_of(ways) == matrix, (sunday, segment)
            parts = ladder.figure.detail.get("distribution", [])
            assert [part["count"] for part in parts] == climbing.columns(matrix), sunday
            agree(ask("engagement_conversion", **asked), climbing.conversion(matrix))
            agree(ask("engaged_retention", **asked), climbing.retention(matrix))
            agree(ladder, climbing.engaged(matrix))
            net = ask("net_progress", **asked).figure
            assert net.value == pytest.approx(climbing.net_progress(matrix))
        for metric_id in ("ladder", "engagement_conversion", "engaged_retention"):
            result = ask(metric_id, to=sunday.isoformat())
            assert len(rows_of(result.question)) == (result.figure.numerator or 0), metric_id
        sunday, count = sunday + timedelta(weeks=5), count + 1
    return count


def _matrix_of(result) -> dict[tuple[str, str], int]:
    detail = result.figure.detail
    return {
        (before, after): count
        for before, counts in zip(detail["from"], detail["counts"], strict=True)
        for after, count in zip(detail["to"], counts, strict=True)
        if count
    }


def span_of(first: str, last: str, seen: datetime) -> Span:
    def midnight(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)

    end = midnight(date.fromisoformat(last)) + timedelta(days=1)
    return Span(midnight(date.fromisoformat(first)), end, seen)


def compare_people(world, span, ask, asked):
    people, amounts = verdicts.active(world, span), verdicts.given_by_each(world, span)
    assert ask("active_members", **asked).figure.value == len(people)
    assert ask("contributors", **asked).figure.value == len(amounts)
    agree(ask("participation", **asked), verdicts.share(len(amounts), len(people)))
    assert ask("gini", **asked).figure.value == pytest.approx(verdicts.gini(amounts))
    assert ask("absence_factor", **asked).figure.value == verdicts.absence_factor(amounts)


def compare_waiting(world, span, ask, asked):
    judge = verdicts.waiting(world, span)
    first, within = ask("first_response", **asked).figure, ask("answered_within", **asked).figure
    assert first.n == within.n == len(judge.durations)
    assert first.value == pytest.approx(judge.median_survival_time_)
    assert within.value == pytest.approx(1 - judge.predict(24))
    open_low, open_high = judge.confidence_interval_.loc[:24].iloc[-1]
    assert (within.low, within.high) == pytest.approx((1 - open_high, 1 - open_low))
    still = sum(not ended for _, ended in verdicts.waits(world, span))
    assert ask("unanswered", **asked).figure.value == still


def compare_dialogue(world, span, ask, asked):
    agree(ask("conversation_share", **asked), verdicts.conversation_share(world, span))
    agree(ask("two_way_threads", **asked), verdicts.two_way(world, span))
    graph = verdicts.reciprocity(world, span)
    ours = ask("reciprocity", **asked).figure
    assert ours.denominator == graph.number_of_edges()
    assert ours.value == pytest.approx(networkx.overall_reciprocity(graph))
    between = verdicts.across(graph, world)
    expected = networkx.overall_reciprocity(between) if between.size() else None
    assert ours.detail["employee_customer"]["value"] == pytest.approx(expected)


def agree(result, judged):
    for name in ("value", "low", "high", "numerator", "denominator"):
        assert getattr(result.figure, name) == pytest.approx(judged.get(name)), name
