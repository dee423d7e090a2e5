"""What `flask` says and does here: the rooms' commands, and groups that several of them add to."""

import importlib
import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

import click
from flask.cli import AppGroup

from community.config import ROOT
from community.database import db

imports = AppGroup("import", help="Bring in what exists elsewhere.")

KERNEL = ("community.worker", "community.doctor")


class Commands(AppGroup):
    """Imported when somebody asks for one: a process that serves pages never does, and need not
    hold importers, backups and the demo community.
    """

    def __init__(self, features: Sequence[str]) -> None:
        super().__init__()
        self._features = features

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._named.get(cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._named)

    @cached_property
    def _named(self) -> Mapping[str, click.Command]:
        from flask_migrate.cli import db as revisions

        self.add_command(revisions)
        for name in [*KERNEL, *self._rooms()]:
            for command in getattr(importlib.import_module(name), "COMMANDS", ()):
                self.add_command(command)
        return self.commands

    def _rooms(self) -> Iterator[str]:
        names = [f"{feature}.commands" for feature in self._features]
        return filter(importlib.util.find_spec, names)


class Revisions:
    """What Flask-Migrate is to find in the application: it and Alembic come when they are asked
    for, which pages do not.
    """

    db = db
    metadata = db.metadata
    directory = str(ROOT / "migrations")
    configure_args = MappingProxyType({"render_as_batch": True, "compare_type": True})

    @cached_property
    def migrate(self) -> Any:
        from flask_migrate import Migrate

        return Migrate(db=self.db, directory=self.directory)
