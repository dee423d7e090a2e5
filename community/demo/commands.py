"""`flask demo load`: play the demo community into an empty database."""

from collections.abc import Sequence

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from community import clock
from community.config import settings
from community.credentials.models import EmailAddress
from community.database import session
from community.demo.chapters import added_chapters
from community.demo.chapters.attendance import attend
from community.demo.chapters.blog import play_blogs
from community.demo.chapters.forum import play_forum
from community.demo.chapters.moderation import play_moderation
from community.demo.chapters.people import ADMINISTRATOR, HOME, PASSWORD, address_of, settle
from community.demo.chapters.watching import play_watching
from community.demo.chapters.wiki import play_wikis
from community.demo.composer import compose
from community.demo.script import Script, read_script
from community.demo.stage import Stage
from community.events import EventRow
from community.members.models import Member
from community.worker import BATCH, dispatch_events, run_jobs

ALONE_SECONDS = 5.0
CHAPTERS = (play_forum, play_wikis, play_blogs, play_moderation, play_watching)
LOGINS = {
    "leonie": "a customer, Nordlicht Logistics",
    "ruth": "a customer, Maple & Moor Foods",
    "kirsten": "a partner",
    "mirela": "a public member",
    "ingrid": "an employee, Support",
    "tomas": "a product manager (owns CRM core)",
    "sam": "a moderator",
    "bea": "a manager (metrics)",
    "aisling": "the administrator",
}


@click.group("demo")
def demo() -> None:
    """The demo community."""


@demo.command("load")
@with_appcontext
def load() -> None:
    """Play sixteen weeks of an invented company's community, ending now."""
    if settings().production:
        raise click.ClickException(
            "The demo has well-known passwords and never enters a production site."
        )
    if not is_empty() and not is_demo():
        raise click.ClickException("This database is not empty; the demo needs one of its own.")
    if is_empty():
        script = compose(read_script(clock.now()))
        perform(script)
        _catch_up()
    _say_how_to_sign_in()


def is_empty() -> bool:
    anything = select(EventRow.id).limit(1), select(Member.id).limit(1)
    return all(session.scalar(query) is None for query in anything)


def is_demo() -> bool:
    administrator = select(EmailAddress.id).where(EmailAddress.folded == f"{ADMINISTRATOR}@{HOME}")
    return session.scalar(administrator) is not None


def perform(script: Script) -> Stage:
    """Play the whole story, with a bar that says how far it is.

    Quotations and links are addresses, and Flask makes those only in a request.
    """
    stage = Stage(script)
    with current_app.test_request_context(base_url=settings().base_url):
        settle(stage)
        for chapter in (*CHAPTERS, *added_chapters()):
            chapter(stage)
        with click.progressbar(length=stage.length, label="Sixteen weeks") as bar:
            stage.play(bar.update)
        attend(stage)
    return stage


def _catch_up() -> None:
    """Do what the worker would: index, count, tell of the last days."""
    waiting = select(func.count()).select_from(EventRow).where(EventRow.dispatched_at.is_(None))
    with click.progressbar(length=session.scalar(waiting) or 0, label="Counting") as bar:
        while dispatch_events(locking=ALONE_SECONDS):
            bar.update(BATCH)
    run_jobs()


def _say_how_to_sign_in() -> None:
    script = read_script(clock.now())
    click.echo(f"Sign in with the password {PASSWORD} as")
    for key, who in LOGINS.items():
        address = address_of(script.cast.people[key], script.cast)
        click.echo(f"  {address:<42}{who}")


COMMANDS: Sequence[click.Command] = (demo,)
