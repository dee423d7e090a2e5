"""Command groups that several rooms add to."""

from flask.cli import AppGroup

imports = AppGroup("import", help="Bring in what exists elsewhere.")
