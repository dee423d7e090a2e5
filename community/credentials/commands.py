"""Members from the console: the first administrator's link, and new members."""

import secrets

import click

from community.credentials.actions.administering import invite_first_administrator
from community.credentials.actions.joining import create_member, prepare_application
from community.errors import Refusal
from community.members.actions import Place
from community.members.commands import member
from community.members.models import Segment
from community.viewer import SYSTEM
from community.web import absolute_url


@member.command("first-admin-link")
def print_first_admin_link() -> None:
    """Print a link that makes the first administrator, once and within an hour."""
    token = invite_first_administrator(by=SYSTEM)
    if token is None:
        click.echo("There is an administrator.")
    else:
        click.echo(f"Become the administrator: {absolute_url(f'/first-administrator/{token}')}")


@member.command("create")
@click.argument("username")
@click.argument("address")
@click.option("--name", help="What the person is called; the username unless given.")
@click.option("--segment", type=click.Choice([str(s.value) for s in Segment]), default="public")
@click.option("--password", help="Chosen at random and printed unless given.")
def create(
    username: str, address: str, name: str | None, segment: str, password: str | None
) -> None:
    """Create a member whose address counts as confirmed."""
    chosen = password or secrets.token_urlsafe(12)
    try:
        application = prepare_application(name or username, username, address, chosen)
        create_member(application, Place(segment=Segment(segment)), by=SYSTEM)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from None
    click.echo(f"{username} can sign in" + ("." if password else f" with the password {chosen}"))
