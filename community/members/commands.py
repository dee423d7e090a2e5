"""`flask member …`: members from the console; other rooms add their commands to it."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from community.database import session
from community.errors import Refusal
from community.members.actions import Place
from community.members.administration import change_place
from community.members.models import Member, Profile, Segment
from community.members.usernames import fold
from community.viewer import SYSTEM

member = AppGroup("member", help="Create, change, export and erase members.")

COMMANDS = [member]


def member_called(username: str) -> Member:
    """The member of this name, whatever their state, or an error for the console."""
    found = session.scalar(
        select(Member).join(Profile).where(Profile.username_folded == fold(username))
    )
    if found is None:
        raise click.ClickException(f"There is no member called {username}.")
    return found


@member.command("segment")
@click.argument("username")
@click.argument("segment", type=click.Choice([str(segment.value) for segment in Segment]))
@click.option("--reason", default="from the console", show_default=True)
def set_segment(username: str, segment: str, reason: str) -> None:
    """Put a member in another segment; what they did before keeps the one it had."""
    found = member_called(username)
    place = Place(
        segment=Segment(segment),
        organization_id=found.organization_id,
        unit_id=found.unit_id,
    )
    try:
        change_place(found, place, by=SYSTEM, reason=reason)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from None
    click.echo(f"{username}: {segment}")
