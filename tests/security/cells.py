"""Every route × six kinds of member: the cells, made from the running application."""

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from pysqlite3 import dbapi2 as sqlite_driver
from werkzeug.routing import Rule

from community.database import db, session
from community.organizations.models import Organization, Unit
from tests.conftest import sign_in
from tests.security.rooms import Things, furnish
from tests.world import Cast, settle

TABLE = Path(__file__).with_name("expected.csv")
PEOPLE = ("visitor", "ada", "cleo", "eve", "mo", "al")
SKIPPED = {"static", "assets.show_asset"}


@dataclass(frozen=True)
class Route:
    endpoint: str
    method: str
    rule: Rule

    @property
    def name(self) -> str:
        return f"{self.method} {self.rule.rule}"


def routes(app: Flask) -> list[Route]:
    """All routes that people can ask for, in a stable order."""
    found = [
        Route(rule.endpoint, method, rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in SKIPPED
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda route: (route.rule.rule, route.method))


class World:
    """The furnished house, and browsers that are signed in to it.

    After each request that writes, the database is put back, so that no cell sees another.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.cast: Cast = settle()
        self.things = {
            "open": furnish(self.cast, "open", closed=False),
            "closed": furnish(self.cast, "closed", closed=True),
        }
        self.values = {name: names(self.cast, things) for name, things in self.things.items()}
        self.values["absent"] = {key: _absent(key) for key in self.values["open"]}
        self.cookies = {name: self._cookie(name) for name in PEOPLE}
        self.file = Path(str(db.engine.url.database))
        self.kept = sqlite_driver.connect(":memory:")
        session.remove()
        with closing(sqlite_driver.connect(self.file)) as furnished:
            furnished.backup(self.kept)

    def _cookie(self, name: str) -> str | None:
        if name == "visitor":
            return None
        browser = sign_in(self.app.test_client(), getattr(self.cast, name))
        kept = browser.get_cookie("session")
        return kept.value if kept else None

    def browser(self, name: str) -> FlaskClient:
        """A browser of this person that has done nothing yet."""
        browser = self.app.test_client()
        cookie = self.cookies[name]
        if cookie:
            browser.set_cookie("session", cookie)
        return browser

    def ask(self, route: Route, person: str, variant: str) -> Any:
        values = address(route, self.values[variant])
        with self.app.test_request_context():
            url = self.app.url_map.bind("localhost").build(
                route.endpoint, values, method=route.method
            )
        answer = self.browser(person).open(url, method=route.method, data=self._form(route))
        if route.method != "GET":
            self._put_back()
        return answer

    def _form(self, route: Route) -> dict[str, str] | None:
        return None if route.method == "GET" else {"text": "Words.", "title": "A title"}

    def _put_back(self) -> None:
        """Through SQLite itself: connections that are open see it as one more transaction."""
        session.remove()
        with closing(sqlite_driver.connect(self.file)) as target:
            target.execute("PRAGMA synchronous=OFF")
            self.kept.backup(target)
        self.app.extensions["front"].forget()


def names(cast: Cast, things: Things) -> dict[str, str]:
    """What each parameter of an address is, by endpoint or blueprint."""
    organization = session.get_one(Organization, cast.ada.organization_id)
    unit = session.get_one(Unit, cast.eve.unit_id)
    return {
        "topic": things.topic.public_id,
        "topic_slug": things.topic.slug,
        "post": things.post.public_id,
        "thread": things.topic.thread.public_id,
        "idea": things.idea.public_id,
        "idea_slug": things.idea.slug,
        "forum": things.forum.slug,
        "board": things.board.slug,
        "wiki": things.wiki.slug,
        "blog": things.blog.slug,
        "page_path": things.page.path,
        "page": things.page.public_id,
        "article": things.article.public_id,
        "article_slug": f"{things.article.slug}-{things.article.public_id}",
        "case": things.case.public_id,
        "file": things.file.public_id,
        "file_name": things.file.name,
        "group": things.group.slug,
        "tag": things.tag,
        "member": cast.ben.public_id,
        "username": "ben",
        "organization": organization.public_id,
        "unit": unit.public_id,
    }


def _absent(key: str) -> str:
    return "nothing" if key in ("username", "tag") or key.endswith("slug") else "aaaaaaaa"


BY_ENDPOINT = {
    "forum.show_space": {"slug": "forum"},
    "forum.new_topic": {"slug": "forum"},
    "forum.create_topic": {"slug": "forum"},
    "threads.create_post": {"public_id": "thread"},
    "members.picture": {"public_id": "member"},
    "wiki.restore": {"public_id": "page"},
}
BY_BLUEPRINT = {
    "forum": {"public_id": "topic", "slug": "topic_slug"},
    "threads": {"public_id": "post"},
    "ideas": {"public_id": "idea", "slug": "idea_slug"},
    "idea_lists": {"slug": "board"},
    "roadmap": {"slug": "board"},
    "review": {"public_id": "idea"},
    "voting": {"public_id": "idea"},
    "wiki": {"slug": "wiki", "path": "page_path", "public_id": "page"},
    "blog": {
        "slug": "blog",
        "name": "article_slug",
        "public_id": "article",
    },
    "spaces": {"slug": "forum"},
    "groups": {"slug": "group", "public_id": "member"},
    "moderation": {"public_id": "case"},
    "attachments": {"public_id": "file", "name": "file_name"},
    "tagging": {"name": "tag", "public_id": "topic"},
    "members": {"username": "username", "public_id": "member"},
    "watching": {"key": "topic"},
}
OF_KIND = {"post": "post", "topic": "topic"}
FIXED = {
    "number": 1,
    "place": 1,
    "reaction": "thank",
    "token": "nothing",
    "period": "week",
    "metric_id": "contributors",
    "what": "admission",
    "domain": "example.org",
    "where": "reply",
}


ADMINISTERED = {"organizations": "organization", "units": "unit", "members": "member"}


def address(route: Route, values: dict[str, str]) -> dict[str, Any]:
    """The parameters of one address in one of the three worlds."""
    blueprint = route.endpoint.split(".")[0]
    if blueprint == "importers":
        old = {"kind": "q", "number": 1, "rest": "x", "slug": "old", "post": 2}
        return {name: old[name] for name in route.rule.arguments}
    if blueprint == "feeds":
        return {"kind": "space", "name": values["forum"]}
    kind = "topic" if blueprint in ("tagging", "watching", "search") else "post"
    known = {**BY_BLUEPRINT.get(blueprint, {}), **BY_ENDPOINT.get(route.endpoint, {})}
    if "/b/<slug>" in route.rule.rule:
        known["slug"] = "board"
    if "kind" in route.rule.arguments:
        known["public_id"] = OF_KIND[kind]
    if blueprint == "admin":
        about = f"{route.rule.rule}//".split("/")[2]
        known["public_id"] = ADMINISTERED.get(about, "member")
    given = {name: values[key] for name, key in known.items()}
    given["kind"] = kind
    return {name: given.get(name) or FIXED.get(name, "aaaaaaaa") for name in route.rule.arguments}


def read_table() -> dict[tuple[str, str], tuple[int, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row["route"], row["variant"]): tuple(int(row[name]) for name in PEOPLE)
            for row in csv.DictReader(file)
        }


def measured(world: World) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    for route in routes(world.app):
        for variant in ("open", "closed") if route.rule.arguments else ("open",):
            statuses = tuple(world.ask(route, person, variant).status_code for person in PEOPLE)
            yield route.name, variant, statuses


def write_table(world: World) -> None:
    """Write what the application does now; whoever runs this reviews the difference by eye."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["route", "variant", *PEOPLE])
        for name, variant, statuses in measured(world):
            writer.writerow([name, variant, *statuses])
