"""A furnished house, and the address of every page in it."""

from dataclasses import dataclass

from flask import Flask

from community.blog.actions import revise_article, write_article
from community.forum.actions import start_topic
from community.search.indexing import rebuild_index
from community.texts.preparation import prepare
from community.threads.actions import edit_post, write_post
from community.wiki.actions import revise_page
from community.worker import run_jobs
from ideas.board.actions import edit_idea, propose_idea, write_note
from ideas.board.statuses import Status
from ideas.review.actions import change_status
from ideas.review.decisions import Decision
from ideas.voting.actions import vote_for
from metrics.catalogue import METRICS
from metrics.rollups.building import refresh
from tests.security.cells import address, names, routes
from tests.security.rooms import Things, furnish
from tests.world import Cast

REASON = "We looked at it for two weeks, and this is what we can say about it today."
FRAGMENTS = ("texts.mentions", "search.suggest")
NO_PAGES = ("api_api", "metrics_api", "health", "feeds", "attachments")


@dataclass
class World:
    """What was put into the house, and the addresses of all its pages."""

    app: Flask
    cast: Cast
    things: Things
    closed: Things
    pages: list[str]


def furnish_all(app: Flask, cast: Cast) -> World:
    things = furnish(cast, "open", closed=False)
    closed = furnish(cast, "closed", closed=True)
    _live_in(cast, things)
    run_jobs()
    rebuild_index()
    refresh()
    return World(app, cast, things, closed, addresses(app, names(cast, things)))


def _live_in(cast: Cast, things: Things) -> None:
    """What pages show only once people have been at work: edits, decisions, drafts, notes."""
    ada, ben, al = (cast.viewer(name) for name in ("ada", "ben", "al"))
    edit_post(things.post, prepare("An answer, put better."), by=ben, base=1)
    write_post(things.topic.thread, prepare("Thank you, @ben."), by=ada)
    edit_idea(things.idea, "An open idea, put better", prepare("Do it soon."), by=ada, base=1)
    revise_page(things.page, prepare("# One\n\nMore words.\n\n# Two"), by=ben, base=1)
    revise_article(things.article, prepare("Words, put better."), by=ada, base=1)
    write_article(things.blog, "A draft", prepare("Not yet."), by=ada)
    start_topic(things.forum, "Nobody has answered this", prepare("How?"), by=ada)
    vote_for(things.idea, by=ben)
    write_note(things.idea, prepare("For renewal."), by=al)
    reason = prepare(REASON)
    change_status(things.idea, Decision(Status.UNDER_REVIEW, reason=reason), by=al)
    planned = propose_idea(things.board, "A planned idea", prepare("Please."), by=ben)
    change_status(planned, Decision(Status.UNDER_REVIEW, reason=reason), by=al)
    change_status(planned, Decision(Status.PLANNED, reason=reason, release="7.4"), by=al)


def addresses(app: Flask, values: dict[str, str]) -> list[str]:
    """Each page of the house once, and the rows of every metric; no data, feeds or files."""
    found = set()
    adapter = app.url_map.bind("localhost")
    for route in routes(app):
        blueprint = route.endpoint.split(".")[0]
        if route.method == "GET" and not {blueprint, route.endpoint} & {*NO_PAGES, *FRAGMENTS}:
            found.add(adapter.build(route.endpoint, address(route, values)))
    found.update(f"/metrics/{name}/rows" for name in METRICS)
    found.update((f"/search?q={values['tag']}", "/moderation?show=decided", "/nowhere"))
    return sorted(found)
