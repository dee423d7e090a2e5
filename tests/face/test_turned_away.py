"""What is seen of the answer to those who must come back, of which each is made once for many."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from community.admission import Door
from tests.face.colours import THEMES, colours
from tests.servers.live import serving

pytestmark = pytest.mark.browser

GROUND = """() => {
  const [, ...parts] = getComputedStyle(document.documentElement).backgroundColor.split(/\\D+/);
  return parts.slice(0, 3).map(part => Number(part).toString(16).padStart(2, "0")).join("");
}"""


@pytest.fixture(scope="module")
def full_house(gallery: Flask) -> Iterator[str]:
    with serving(Door(gallery, gallery.wsgi_app, at_once=0, waiting=0)) as address:
        yield address


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_it_comes_in_the_colours_of_the_readers_system(
    chromium: Browser, full_house: str, theme: str, scripts: bool
) -> None:
    context = chromium.new_context(color_scheme=theme, java_script_enabled=scripts)
    page = context.new_page()
    answer = page.goto(f"{full_house}/topic")
    assert answer and answer.status == 503
    assert page.evaluate(GROUND) == colours(theme)["paper"]
    context.close()


def test_with_scripts_it_comes_in_the_colours_that_were_chosen(
    chromium: Browser, full_house: str
) -> None:
    context = chromium.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{full_house}/topic")
    page.evaluate("localStorage.setItem('theme', 'dark')")
    page.goto(f"{full_house}/ideas")
    assert page.evaluate(GROUND) == colours("dark")["paper"]
    context.close()
