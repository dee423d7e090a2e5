"""Pictures of every page: `python -m tests.shots [ADDRESS] [--out FOLDER] [--only PART]`.

Without an address it serves the demo community from a scratch installation. It takes one example of
each kind of page and shows it to each kind of member; index.html in the folder is the contact
sheet, and each line of it is a page.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState

from tests.scratch import served
from tests.servers.browser import chromium, found
from tests.walk import sign_everybody_in, walk

HEIGHTS = {360: 760, 768: 1024, 1280: 900}


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
    with served() as address:
        _shoot(address, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write a contact sheet of every page.")
    parser.add_argument("address", nargs="?", help="a running installation with the demo community")
    parser.add_argument("--out", type=Path, default=Path("var/shots"))
    parser.add_argument("--only", default="", help="only pages whose address holds this")
    return parser.parse_args()


def _shoot(address: str, options: argparse.Namespace) -> None:
    with chromium() as browser:
        states = sign_everybody_in(browser, address)
        pages = [page for page in walk(browser, address, states) if options.only in page]
        taken = {
            view: dict(_take(browser, address, pages, view, states[view.person], options.out))
            for view in VIEWS
        }
    (options.out / "index.html").write_text(_sheet(pages, taken))
    print(f"{len(pages)} pages, {len(VIEWS)} views: {options.out / 'index.html'}")


def _take(
    browser: Browser, address: str, pages: list[str], view: View, state: StorageState, out: Path
) -> Iterator[tuple[str, str]]:
    context = browser.new_context(
        storage_state=state,
        viewport={"width": view.width, "height": HEIGHTS[view.width]},
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
