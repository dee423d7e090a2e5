"""Pictures of every page: `python -m tests.shots [ADDRESS] [--out FOLDER] [--only PART]`.

Without an address it fills a scratch installation with the demo community and serves it. It walks
from the home page as the administrator, takes one example of each kind of page, and shows it to
each kind of member; index.html in the folder is the contact sheet, and each line of it is a page.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from community.demo.chapters.people import PASSWORD
from community.identifiers import is_public_id
from tests.servers.browser import chromium, found

PEOPLE = ("visitor", "customer", "employee", "moderator", "manager", "administrator")
SIGN_INS = {
    "customer": "leonie@nordlicht-logistics.example",
    "employee": "ingrid@brightwell.example",
    "moderator": "sam@brightwell.example",
    "manager": "bea@brightwell.example",
    "administrator": "aisling@brightwell.example",
}
WIDTHS = {360: 760, 768: 1024, 1280: 900}
MOST = 90


@dataclass(frozen=True)
class View:
    """How a page is looked at."""

    person: str
    width: int
    theme: str

    @property
    def name(self) -> str:
        return f"{self.person} {self.width} {self.theme}"


VIEWS = [
    View("administrator", 1280, "light"),
    View("administrator", 1280, "dark"),
    View("customer", 768, "light"),
    View("customer", 360, "light"),
    View("customer", 360, "dark"),
    View("visitor", 1280, "light"),
    View("employee", 1280, "light"),
    View("moderator", 1280, "light"),
    View("manager", 1280, "light"),
]


def main() -> None:
    options = _options()
    if not found():
        sys.exit("There is no Chromium here: bin/test installs one.")
    options.out.mkdir(parents=True, exist_ok=True)
    if options.address:
        _shoot(options.address.rstrip("/"), options)
        return
    with tempfile.TemporaryDirectory() as folder:
        # wsgi reads its settings when it is imported, so they come first.
        os.environ.update(DATA_DIR=folder, PORT="8743")
        from tests.scratch import serving_the_demo

        with serving_the_demo() as address:
            _shoot(address, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write a contact sheet of every page.")
    parser.add_argument("address", nargs="?", help="a running installation with the demo community")
    parser.add_argument("--out", type=Path, default=Path("var/shots"))
    parser.add_argument("--only", default="", help="only pages whose address holds this")
    parser.add_argument("--password", default=PASSWORD)
    return parser.parse_args()


def _shoot(address: str, options: argparse.Namespace) -> None:
    with chromium() as browser:
        states = {
            person: _sign_in(browser, address, SIGN_INS.get(person), options.password)
            for person in PEOPLE
        }
        pages = [page for page in _walk(browser, address, states) if options.only in page]
        taken = {
            view: dict(_take(browser, address, pages, view, states[view.person], options.out))
            for view in VIEWS
        }
    (options.out / "index.html").write_text(_sheet(pages, taken))
    print(f"{len(pages)} pages, {len(VIEWS)} views: {options.out / 'index.html'}")


def _sign_in(browser: Browser, address: str, who: str | None, password: str) -> dict:
    """The cookies of somebody signed in, or of nobody."""
    context = browser.new_context()
    if who:
        page = context.new_page()
        page.goto(f"{address}/sign-in")
        page.get_by_role("main").locator("input:not([type=hidden])").first.fill(who)
        page.locator("input[type=password]").fill(password)
        page.get_by_role("main").get_by_role("button").first.click()
        page.wait_for_load_state()
        if "/sign-in" in page.url:
            print(f"{who} could not sign in", file=sys.stderr)
    state = context.storage_state()
    context.close()
    return state


def _walk(browser: Browser, address: str, states: dict) -> list[str]:
    """One example of each kind of page that links lead to, in the order of finding."""
    found_pages: dict[str, str] = {}
    for person in ("administrator", "customer", "visitor"):
        context = browser.new_context(storage_state=states[person])
        waiting = ["/", "/latest", "/nowhere"]
        for path in waiting:
            if len(found_pages) >= MOST:
                break
            links = _visit(context, address, path)
            if links is None or found_pages.setdefault(_kind(path), path) != path:
                continue
            known = {_kind(other) for other in waiting} | set(found_pages)
            for link in links:
                if _kind(link) not in known:
                    known.add(_kind(link))
                    waiting.append(link)
        context.close()
    return list(found_pages.values())


def _visit(context: BrowserContext, address: str, path: str) -> list[str] | None:
    """The links of a page of ours; None for what is no page."""
    page = context.new_page()
    try:
        answer = page.goto(address + path, wait_until="domcontentloaded")
        if not answer or "text/html" not in answer.headers.get("content-type", ""):
            return None
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    except Exception:  # a download is no page
        return None
    finally:
        page.close()
    return [
        urlsplit(link).path
        for link in links
        if link.startswith(address + "/") and "/-/" not in link
    ] + [urlsplit(link).path for link in links if link.startswith(address + "/") and "/-/" in link]


FAMILIES = ("t", "c", "tags", "people", "groups", "blogs", "wiki", "ideas", "spaces", "boards")


def _kind(path: str) -> str:
    """Pages of one kind share an address but for the names in it."""
    parts = path.strip("/").split("/")
    if parts[0] in FAMILIES and len(parts) > 1:
        special = [part for part in parts if part in ("-", "history", "diff", "edit", "new")]
        return "/".join([parts[0], str(min(len(parts), 3)), *special])
    return "/".join("*" if is_public_id(part) else part for part in parts)


def _take(
    browser: Browser, address: str, pages: list[str], view: View, state: dict, out: Path
) -> Iterator[tuple[str, str]]:
    context = browser.new_context(
        storage_state=state,
        viewport={"width": view.width, "height": WIDTHS[view.width]},
        color_scheme=view.theme,
    )
    page = context.new_page()
    for path in pages:
        name = f"{path.strip('/').replace('/', '_') or 'home'}--{view.name.replace(' ', '-')}.png"
        _picture(page, address + path, out / name)
        yield path, name
    context.close()


def _picture(page: Page, url: str, target: Path) -> None:
    page.goto(url, wait_until="load")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=target, animations="disabled")


def _sheet(pages: list[str], taken: dict[View, dict[str, str]]) -> str:
    heads = "".join(f"<th>{escape(view.name)}</th>" for view in taken)
    rows = "".join(
        f"<tr><th>{escape(path)}</th>{''.join(_cell(shots[path]) for shots in taken.values())}</tr>"
        for path in pages
    )
    style = "body{font:14px sans-serif}img{height:360px}td,th{vertical-align:top;text-align:left}"
    return (
        f"<!doctype html><meta charset=utf-8><title>Pages</title><style>{style}</style>"
        f"<table><tr><th></th>{heads}</tr>{rows}</table>"
    )


def _cell(name: str) -> str:
    return f'<td><a href="{escape(name)}"><img loading="lazy" src="{escape(name)}"></a></td>'


if __name__ == "__main__":
    main()
