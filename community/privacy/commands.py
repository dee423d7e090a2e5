"""Exporting and erasing members from the console."""

from pathlib import Path

import click

from community.errors import Refusal
from community.members.commands import member, member_called
from community.privacy.actions import ask_for_erasure
from community.privacy.exporting import export_member
from community.viewer import SYSTEM
from community.worker import run_jobs


@member.command("export")
@click.argument("username")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(username: str, file: Path) -> None:
    """Write everything about a member into a zip FILE."""
    packed = export_member(member_called(username), by=SYSTEM)
    file.write_bytes(packed)
    click.echo(f"{file}: {len(packed):,} bytes")


@member.command("erase")
@click.argument("username")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(username: str, yes: bool) -> None:
    """Erase a person; what they wrote stays, signed by a former member."""
    found = member_called(username)
    if not yes:
        click.confirm(f"Erase {found.name} (@{username}) for good?", abort=True)
    try:
        ask_for_erasure(found, by=SYSTEM)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from None
    run_jobs()
    click.echo("Erased.")
