"""Our own scripts: short, and nothing that a strict content security policy forbids."""

import re

import pytest

from community.assets import STATIC

SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
TEMPLATES = sorted((STATIC.parent / "templates").rglob("*.html"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_fits_on_one_screen(script) -> None:
    assert len(script.read_text().splitlines()) <= 60


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_makes_code_from_words_or_styles_by_hand(script) -> None:
    assert not re.search(
        r"\beval\(|new Function|\.style\b|setAttribute\(.style", script.read_text()
    )


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_no_template_holds_a_style_or_a_script_of_its_own(template) -> None:
    source = re.sub(r"{[{%#].*?[}%#]}", "", template.read_text(), flags=re.S)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|hx-on", source)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))
