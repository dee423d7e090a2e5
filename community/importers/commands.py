"""`flask import …`: histories from elsewhere."""

from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

import click
from sqlalchemy.exc import IntegrityError

from community.console import imports
from community.database import drew_a_taken_id, write_transaction
from community.errors import Refusal
from community.foundation import lay_foundation
from community.importers.discourse.bringing_in import import_discourse
from community.importers.report import Report
from community.importers.stackexchange.bringing_in import import_stackexchange

COMMANDS = [imports]
MOST_TRIES = 20


@imports.command("stackexchange")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--employees", type=click.File(), help="External ids of employees, one a line.")
@click.option("--name", default="", help="The site's name; by default that of the folder.")
def stackexchange(folder: Path, employees, name: str) -> None:
    """A Stack Exchange data dump: FOLDER holds Posts.xml, Users.xml and the others."""
    staff = _listed(employees)
    _bring_in(
        lambda: import_stackexchange(folder, employees=staff, name=name, progress=_Progress())
    )


@imports.command("discourse")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--employees", type=click.File(), help="User ids of employees, one a line.")
@click.option("--name", default="", help="The forum's name; by default that of the file's folder.")
@click.option("--address", default="", help="Where it stood, https://…: its pictures are there.")
def discourse(file: Path, employees, name: str, address: str) -> None:
    """A Discourse forum: FILE holds a topic a line, as JSON with its posts, gzipped or plain."""
    staff = _listed(employees)
    _bring_in(
        lambda: import_discourse(
            file, employees=staff, name=name, address=address, progress=_Progress()
        )
    )


def _listed(employees: Iterable[str] | None) -> frozenset[str]:
    return frozenset(line.strip() for line in employees or () if line.strip())


def _bring_in(run: Callable[[], Report]) -> None:
    with write_transaction():
        lay_foundation()
    began = monotonic()
    try:
        report = _to_the_end(run)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(err=True)
    for line in report.lines():
        click.echo(line)
    click.echo(_rate(report, monotonic() - began))


def _to_the_end(run: Callable[[], Report]) -> Report:
    """Again where a random id is drawn that a row has already: among a million rows, one is."""
    for _try in range(MOST_TRIES):
        try:
            return run()
        except IntegrityError as error:
            if not drew_a_taken_id(error):
                raise
            click.echo("\nAn id was drawn that is taken: from the beginning, past what is here.")
    return run()


def _rate(report: Report, seconds: float) -> str:
    """Likes are a tally, and no rows."""
    read = report.read.total() - report.read["likes"]
    written = report.written.total() - report.written["likes"]
    return (
        f"{read:,} rows read and {written:,} written in {seconds:,.1f} s, "
        f"{read / max(seconds, 0.001):,.0f} a second"
    )


class _Progress:
    """Rows so far, on one line of the terminal."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def __call__(self, kind: str, count: int) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + count
        click.echo(f"\r{kind}: {self.counts[kind]:,} rows        ", nl=False, err=True)
