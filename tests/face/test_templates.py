"""What every template keeps to: no style or script of its own, and no class that means nothing."""

import re
from functools import cache
from pathlib import Path

import pytest

from community.assets import STATIC

TEMPLATES = sorted((STATIC.parent / "templates").rglob("*.html"))
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.S)


def name(path: Path) -> str:
    return "/".join(path.parts[-2:])


@cache
def known_classes() -> set[str]:
    sheets = "".join(sheet.read_text() for sheet in (STATIC / "css").rglob("*.css"))
    return set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", sheets))


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_no_template_holds_a_style_or_a_script_of_its_own(template: Path) -> None:
    source = JINJA.sub("", template.read_text())
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|hx-on", source)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", template.read_text()))


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_every_class_has_a_style(template: Path) -> None:
    written = re.findall(r'class="([^"]*)"', JINJA.sub("{}", template.read_text()))
    used = {word for words in written for word in words.split() if "{}" not in word}
    assert used - known_classes() == set()
