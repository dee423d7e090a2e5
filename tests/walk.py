"""Walking through the demo community: who its people are, and which pages they can reach."""

import re
import sys
from html import unescape
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, StorageState

from community.demo.chapters.people import PASSWORD
from community.identifiers import is_public_id

SIGN_INS = {
    "visitor": None,
    "customer": "leonie@nordlicht-logistics.example",
    "employee": "ingrid@brightwell.example",
    "moderator": "sam@brightwell.example",
    "manager": "bea@brightwell.example",
    "administrator": "aisling@brightwell.example",
}
PEOPLE = tuple(SIGN_INS)
STARTS = ("/", "/latest", "/nowhere")
FAMILIES = ("t", "c", "tags", "people", "groups", "blogs", "wiki", "ideas", "spaces", "boards")
SPECIAL = ("-", "history", "diff", "edit", "new")
MOST = 120
LINK = re.compile(r'<a [^>]*?href="([^"]*)"')


def sign_in(browser: Browser, address: str, person: str) -> StorageState:
    """The cookies of somebody signed in, or of a visitor."""
    context = browser.new_context()
    who = SIGN_INS[person]
    if who:
        page = context.new_page()
        page.goto(f"{address}/sign-in")
        page.get_by_role("main").locator("input:not([type=hidden])").first.fill(who)
        page.locator("input[type=password]").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button").first.click()
        page.wait_for_load_state()
        if "/sign-in" in page.url:
            print(f"{who} could not sign in", file=sys.stderr)
    state = context.storage_state()
    context.close()
    return state


def sign_everybody_in(browser: Browser, address: str) -> dict[str, StorageState]:
    return {person: sign_in(browser, address, person) for person in PEOPLE}


def walk(browser: Browser, address: str, states: dict[str, StorageState]) -> dict[str, str]:
    """One example of each kind of page that links lead to, and who found it first."""
    found: dict[str, tuple[str, str]] = {}
    for person in ("administrator", "customer", "visitor"):
        context = browser.new_context(storage_state=states[person])
        waiting, seen = list(STARTS), {kind(start) for start in STARTS}
        for path in waiting:
            links = _links(context, address, path) if len(found) < MOST else None
            if links is None:
                continue
            found.setdefault(kind(path), (path, person))
            new = {kind(link): link for link in reversed(links) if kind(link) not in seen}
            seen.update(new)
            waiting.extend(reversed(new.values()))
        context.close()
    return dict(found.values())


def kind(path: str) -> str:
    """Pages of one kind share an address but for the names in it."""
    parts = path.strip("/").split("/")
    if parts[0] in FAMILIES and len(parts) > 1:
        special = [part for part in parts if part in SPECIAL]
        return "/".join([parts[0], str(min(len(parts), 3)), *special])
    return "/".join("*" if is_public_id(part) else part for part in parts)


def _links(context: BrowserContext, address: str, path: str) -> list[str] | None:
    """The paths that a page of ours links to; None for what is no page."""
    answer = context.request.get(address + path)
    if "text/html" not in answer.headers.get("content-type", ""):
        return None
    links = [urljoin(answer.url, unescape(link)) for link in LINK.findall(answer.text())]
    return [urlsplit(link).path for link in links if link.startswith(address + "/")]
