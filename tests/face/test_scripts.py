"""Our own scripts: short, and nothing that a strict content security policy forbids."""

import re

import pytest

from community.assets import STATIC

SCRIPTS = sorted((STATIC / "js").rglob("*.js"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_fits_on_one_screen(script) -> None:
    assert len(script.read_text().splitlines()) <= 60


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_makes_code_from_words_or_styles_by_hand(script) -> None:
    assert not re.search(
        r"\beval\(|new Function|\.style\b|setAttribute\(.style", script.read_text()
    )
