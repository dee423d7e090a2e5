"""Brings the database up to date before serving, and says how to sign in."""

import argparse
import os
from contextlib import suppress

import click
from flask import Flask
from flask.cli import ScriptInfo

from community.backup.manifest import Unsound
from community.backup.upgrading import bring_up_to_date
from community.config import settings
from community.database import write_transaction
from community.foundation import lay_foundation
from community.search.jobs import trigrams_are_there


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo", action="store_true")
    demo = parser.parse_args().demo
    app = ScriptInfo(app_import_path="wsgi:app").load_app()
    with app.app_context():
        try:
            bring_up_to_date()
        except Unsound as unsound:
            raise SystemExit(str(unsound)) from unsound
        with write_transaction():
            lay_foundation()
        if demo and _is_default():
            with suppress(click.ClickException):  # somebody's own community lives here by now
                _run(app, "demo", "load")
        for lack in trigrams_are_there():
            click.echo(f"Search: {lack}.")
        click.echo(f"Guildhall serves on {settings().base_url}")
        _run(app, "member", "first-admin-link")


def _is_default() -> bool:
    """Everybody knows the demo's passwords: they never enter a database of somebody's own."""
    return not os.environ.get("DATABASE_URL") and not settings().production


def _run(app: Flask, *command: str) -> None:
    app.cli.main(list(command), obj=ScriptInfo(create_app=lambda: app), standalone_mode=False)


if __name__ == "__main__":
    main()
