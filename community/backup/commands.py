"""`flask backup`."""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from community import clock
from community.backup.creating import Made, backups
from community.backup.creating import create as create_backup
from community.backup.manifest import SECRET, Manifest, Unsound
from community.backup.progress import OnTerminal
from community.backup.records import note
from community.backup.restoring import restore as restore_backup
from community.backup.verifying import verify as verify_backup

backup = AppGroup("backup", help="Make, verify and restore backups.")
COMMANDS = [backup]

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@backup.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--without-secret",
    is_flag=True,
    help="Leave out the secret key; once restored, people must sign in again.",
)
def create(path: Path | None, without_secret: bool) -> None:
    """Write a backup to PATH, a file or a folder; else into DATA_DIR/backups.

    Who has the file has the community with everybody's addresses: keep it as you keep the server.
    """
    target = path or backups()
    if path is None or path.is_dir():
        target = target / f"guildhall-{clock.now():%Y%m%dT%H%M%S}.tar"
    with _telling_what_is_wrong():
        made = create_backup(target, with_secret=not without_secret, progress=OnTerminal())
    note(made)
    for line in _told(made):
        click.echo(line)


@backup.command()
@click.argument("file", type=EXISTING)
def verify(file: Path) -> None:
    """Read FILE from end to end and say what is wrong with it. Ends with 1 if anything is."""
    with _telling_what_is_wrong():
        manifest = verify_backup(file, progress=OnTerminal())
    click.echo(f"{file}: well. {_contents(manifest)}")


@backup.command()
@click.argument("file", type=EXISTING)
def restore(file: Path) -> None:
    """Put the backup FILE into an empty DATA_DIR and an empty database: all of it or nothing."""
    with _telling_what_is_wrong():
        manifest = restore_backup(file, progress=OnTerminal())
    click.echo(f"Restored. {_contents(manifest)}")
    for line in _about_secret(manifest):
        click.echo(line)
    click.echo("The search index is rebuilt when the worker runs; bin/run starts everything.")


@contextmanager
def _telling_what_is_wrong() -> Iterator[None]:
    try:
        yield
    except Unsound as unsound:
        for fault in unsound.faults:
            click.echo(fault, err=True)
        sys.exit(1)
    except OSError as error:
        raise click.ClickException(str(error)) from error


def _told(made: Made) -> Iterator[str]:
    yield f"{made.path}: {made.size:,} bytes. {_contents(made.manifest)}"
    if SECRET in made.manifest.files:
        yield "The secret key is in it: keep the file as you keep the server."
    for name in made.lost:
        yield f"{name}: a row names it, but it is not on the disk as it was written"


def _contents(manifest: Manifest) -> str:
    return (
        f"{manifest.database} of {manifest.created_at:%Y-%m-%d %H:%M} UTC, "
        f"schema {manifest.revision}, {len(manifest.tables)} tables, "
        f"{manifest.row_count:,} rows, {len(manifest.attachments):,} files"
    )


def _about_secret(manifest: Manifest) -> Iterator[str]:
    given = os.environ.get("SECRET_KEY")
    kept = manifest.files.get(SECRET)
    if kept is None:
        yield "The backup has no secret key: people sign in again, and links in old mails are void."
    elif given and hashlib.sha256(given.encode()).hexdigest() != kept.sha256:
        yield "SECRET_KEY is not the key of the backup: people sign in again, and links are void."
