"""`flask database`."""

import sys

import click
from flask.cli import AppGroup
from sqlalchemy import make_url

from community.config import settings
from community.moving.moving import CannotMove, Moved
from community.moving.moving import move as move_all

database = AppGroup("database", help="Where the community's rows are kept.")
COMMANDS = [database]


@database.command()
@click.option("--to", "target", required=True, metavar="URL", help="postgresql://… of an empty one")
def move(target: str) -> None:
    """Move the community from SQLite to PostgreSQL and compare every row.

    Stop the community first. Nothing is changed here; afterwards set DATABASE_URL and start it.
    """
    try:
        moved = move_all(target, progress=_say)
    except CannotMove as why:
        raise click.ClickException(f"Nothing was moved: {why}.") from why
    for line in _told(moved):
        click.echo(line)


def _say(table: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{table}", nl=False, err=True)


def _told(moved: list[Moved]) -> list[str]:
    width = max(len(one.table) for one in moved)
    old = make_url(settings().database_url).database
    count = sum(one.rows for one in moved)
    return [
        *(f"{one.table:{width}} {one.rows:>10,}  {one.digest[:16]}" for one in moved),
        f"{count:,} rows in {len(moved)} tables are the same on both sides.",
        "Set DATABASE_URL to the new database and start: the search index builds itself.",
        f"Then delete {old} and {settings().data_dir / 'search'}: nobody is erased there any more.",
    ]
