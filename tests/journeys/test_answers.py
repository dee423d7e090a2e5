"""What every answer of the house has in common: headers, links that lead somewhere, no outside."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.test import TestResponse

from community.config import ROOT
from community.web import HEADERS, access
from tests.conftest import sign_in
from tests.journeys.places import World

PEOPLE = (None, "ada", "cleo", "eve", "mo", "max", "al")
LINK = re.compile(r'<(?:a|link|img|script)\b[^>]*? (?:href|src)="([^"]*)"')
ASKED = re.compile(r'<(?:link|script|img|iframe|source|object)\b[^>]*(?:href|src)="([^"]*)"')
SENT = re.compile(r'<form\b[^>]*method="post"[^>]* action="([^"]+)"|formaction="([^"]+)"')
ENDPOINT = re.compile(r"""url_for\(\s*["']([a-z_]+\.[a-z_]+)["']""")


@pytest.fixture
def browser(live: Flask):
    """A browser of a member, or of nobody."""

    def opened(world: World, name: str | None) -> FlaskClient:
        client = live.test_client()
        return sign_in(client, getattr(world.cast, name)) if name else client

    return opened


def is_page(answer: TestResponse) -> bool:
    return answer.mimetype == "text/html"


@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_fails_and_no_link_leads_nowhere(world, browser, live, name):
    client = browser(world, name)
    dead: dict[str, str] = {}
    asked: dict[str, int] = {}
    for path in world.pages:
        answer = client.get(path)
        assert answer.status_code < 500 or path == "/readyz", path
        for link in _links(answer, path) if answer.status_code == 200 else ():
            if link not in asked:
                asked[link] = client.get(link).status_code
            if asked[link] >= 400:
                dead[link] = f"{asked[link]} from {path}"
        dead |= {url: path for url in _forms(answer) if not _is_taken(live, url)}
    assert dead == {}


def _forms(answer: TestResponse) -> set[str]:
    return {unescape(one or two) for one, two in SENT.findall(answer.text)}


def _is_taken(app: Flask, url: str) -> bool:
    try:
        return bool(app.url_map.bind("localhost").match(urlsplit(url).path, method="POST"))
    except (NotFound, MethodNotAllowed):
        return False


def _links(answer: TestResponse, path: str) -> set[str]:
    """The addresses here that the page leads to, without their fragments."""
    found = {urljoin(path, unescape(link)) for link in LINK.findall(answer.text)}
    ours = {urlsplit(link) for link in found}
    return {
        part.path + (f"?{part.query}" if part.query else "")
        for part in ours
        if part.scheme in ("", "http") and part.netloc in ("", "127.0.0.1:8000", "localhost:8000")
    }


def test_every_answer_carries_the_security_headers(world, browser, live, monkeypatch):
    client = browser(world, "al")
    style = re.search(r'href="(/assets/[^"]+\.css)"', client.get("/").text)[1]
    file = f"/files/{world.things.file.public_id}/{world.things.file.name}"
    others = ["/healthz", "/readyz", "/api/v1/nothing", "/api/v1/openapi.json", "/static/mark.svg",
              "/static/nothing", f"/feeds/space/{world.things.forum.slug}.atom"]  # fmt: skip
    paths = [*world.pages, style, file, f"/t/{world.things.topic.public_id}", *others]
    answers = {path: client.get(path) for path in paths}
    answers["a form without a token"] = client.post("/preview")
    answers["the wrong method"] = client.put("/latest")
    monkeypatch.setitem(live.view_functions, "forum.top", _stumble)
    answers["a fault"] = client.get("/top")
    statuses = {answer.status_code for answer in answers.values()}
    assert {200, 302, 400, 404, 405, 500} <= statuses
    lacking = {
        f"{name}: {header}"
        for name, answer in answers.items()
        for header in HEADERS
        if header not in answer.headers
    }
    assert lacking == set()


@access("anyone")
def _stumble() -> None:
    raise RuntimeError("on purpose")


def test_no_page_asks_anybody_outside_for_anything(world, browser):
    outside = set()
    client = browser(world, "al")
    for path in world.pages:
        answer = client.get(path)
        if is_page(answer):
            outside |= {(path, url) for url in ASKED.findall(answer.text) if _elsewhere(url)}
    assert outside == set()


def _elsewhere(url: str) -> bool:
    return urlsplit(url).netloc not in ("", "127.0.0.1:8000") or url.startswith("data:")


def test_every_page_that_templates_and_views_name_exists(live):
    folders = ("templates", "community", "ideas", "metrics")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.*")]
    named = {
        (endpoint, str(file.relative_to(ROOT)))
        for file in files
        if file.suffix in (".html", ".py", ".txt")
        for endpoint in ENDPOINT.findall(Path(file).read_text())
    }
    assert {one for one in named if one[0] not in live.view_functions} == set()
