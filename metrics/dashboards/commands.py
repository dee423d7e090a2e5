"""`flask metrics`: show a number, make the rollups anew."""

import json
from collections import Counter

import click
from flask.cli import AppGroup

from community.errors import Refusal
from community.viewer import SYSTEM
from metrics import wording
from metrics.dashboards.printing import renew
from metrics.facts.days import day_number
from metrics.facts.replaying import record_missing, record_waiting
from metrics.ladder.building import Progress
from metrics.ladder.changes import record_missing_changes
from metrics.measures.answers import answer
from metrics.measures.asking import find_question
from metrics.results import Result
from metrics.rollups.building import days_with_facts, rebuild, refresh

EVER = 99_991_231

group = AppGroup("metrics", help="The community's numbers.")
COMMANDS = [group]


@group.command("show")
@click.argument("metric_id")
@click.option("--segment", help="employee, customer, partner or public; without it, all.")
@click.option("--space", help="The slug or id of one space.")
@click.option("--boundary", help="internal or external; without it, both.")
@click.option("--from", "from_", help="First day, like 2026-10-26.")
@click.option("--to", help="Last day, included; without it, today.")
@click.option("--as-of", "as_of", help="See it as it was at this moment.")
@click.option("--within", help="For answered_within: 24h, 2d, 90m.")
@click.option("--json", "as_json", is_flag=True, help="The result object of the API.")
def show(metric_id: str, as_json: bool, from_: str | None, **asked: str | None) -> None:
    """Show one number, with what the worker has not counted yet counted in."""
    record_waiting()
    refresh()
    try:
        result = answer(find_question(SYSTEM, metric_id, {**asked, "from": from_}))
    except Refusal as refusal:
        raise click.ClickException(refusal.message or f"There is no {metric_id} here.") from None
    click.echo(json.dumps(result.as_json(), indent=2) if as_json else _sentence(result))


@group.command("rebuild")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day.")
def rebuild_command(first, last) -> None:
    """Record events that were never counted, then make the rollups of these days anew."""
    recorded = record_missing() + record_missing_changes()
    days = days_with_facts(day_number(first) if first else 0, day_number(last) if last else EVER)
    made = rebuild(days, _progress()) + refresh()
    renew()
    click.echo(f"{recorded} facts recorded, {made} days made anew.")


def _progress() -> Progress:
    """How many so far, on one line of the terminal."""
    counts = Counter[str]()

    def told(what: str, count: int) -> None:
        counts[what] += count
        click.echo(f"\r{what}: {counts[what]:,} made anew        ", nl=False, err=True)

    return told


def _sentence(result: Result) -> str:
    metric, figure = result.question.metric, result.figure
    value = wording.in_unit(figure.value, metric.unit)
    parts = [f"{metric.name}: {value}", wording.span(figure.low, figure.high, metric.unit)]
    parts += [f"n = {figure.n}", str(result.state), result.reason]
    return ", ".join(part for part in parts if part)
