"""`flask member …`: members from the console."""

from flask.cli import AppGroup

member = AppGroup("member", help="Create, change, export and erase members.")

COMMANDS = [member]
