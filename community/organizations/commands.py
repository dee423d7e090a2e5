"""Organizations from the console."""

from typing import TextIO

import click

from community.console import imports
from community.errors import Refusal
from community.organizations.importing import import_organizations
from community.viewer import SYSTEM


@imports.command("organizations")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
def import_file(file: TextIO) -> None:
    """Add or update the organizations of a CSV FILE: all of them, or none.

    The first row names the columns: name, type, plan, value, external_id, domain.
    """
    try:
        report = import_organizations(file, by=SYSTEM)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from None
    click.echo(f"{report.read} rows read: {report.added} added, {report.updated} changed.")
