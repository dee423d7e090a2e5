"""`flask import …`: histories from elsewhere."""

from pathlib import Path

import click

from community.console import imports
from community.database import write_transaction
from community.errors import Refusal
from community.foundation import lay_foundation
from community.importers.stackexchange.bringing_in import import_stackexchange

COMMANDS = [imports]


@imports.command("stackexchange")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--employees", type=click.File(), help="External ids of employees, one a line.")
@click.option("--name", default="", help="The site's name; by default that of the folder.")
def stackexchange(folder: Path, employees, name: str) -> None:
    """A Stack Exchange data dump: FOLDER holds Posts.xml, Users.xml and the others."""
    ids = frozenset(line.strip() for line in employees or () if line.strip())
    with write_transaction():
        lay_foundation()
    try:
        report = import_stackexchange(folder, employees=ids, name=name, progress=_Progress())
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    for line in report.lines():
        click.echo(line)


class _Progress:
    """Rows so far, on one line of the terminal."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def __call__(self, kind: str, count: int) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + count
        click.echo(f"\r{kind}: {self.counts[kind]:,} rows        ", nl=False, err=True)
