"""The one sheet of raw values: readable in both themes, and really the only one."""

import re

import pytest

from community.assets import STATIC
from tests.face.colours import THEMES, contrast

GROUNDS = ("paper", "surface", "sunken")
INKS = ("ink", "ink-soft", "ink-faint", "accent", "accent-strong", "warn", "bad", "good")
TEXT = [(ink, ground) for ink in INKS for ground in GROUNDS] + [
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("ink", "mark"),
    ("ink-soft", "accent-soft"),
    *((tone, f"{tone}-soft") for tone in ("accent", "warn", "bad", "good")),
    *(("ink", f"{tone}-soft") for tone in ("accent", "warn", "bad", "good")),
]
SHAPES = [
    *((shape, ground) for shape in ("edge", "accent", "bad") for ground in ("paper", "surface")),
    *((f"data-{number}", "paper") for number in (1, 2, 3, 4)),
]
SHEETS = sorted((STATIC / "css").rglob("*.css"))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_can_be_read_on_every_ground_they_stand_on(ink: str, ground: str, theme: str) -> None:
    assert contrast(ink, ground, theme) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_of_controls_and_lines_of_charts_can_be_seen(
    shape: str, ground: str, theme: str
) -> None:
    assert contrast(shape, ground, theme) >= 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_raw_values_stand_in_the_tokens_alone(sheet) -> None:
    if sheet.name == "tokens.css":
        return
    source = re.sub(r"/\*.*?\*/|@(?:media|container)[^{]*", "", sheet.read_text(), flags=re.S)
    raw = re.findall(r"#[0-9a-f]{3,8}\b|\b\d*\.?\d+(?:px|rem|ms|s)\b|\brgba?\(", source, re.I)
    assert [value for value in raw if value not in ("0s", "1ms")] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_token_used_is_declared(sheet) -> None:
    declared = set(re.findall(r"(--[\w-]+):", (STATIC / "css/tokens.css").read_text()))
    own = set(re.findall(r"(--[\w-]+):", sheet.read_text()))
    used = set(re.findall(r"var\((--[\w-]+)", sheet.read_text()))
    assert used - declared - own == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_columns_turn_round_for_scripts_that_run_from_the_right(sheet) -> None:
    turned = re.findall(
        r"(?:margin|padding|border)-(?:left|right)\b|[\s;{](?:left|right):", sheet.read_text()
    )
    assert turned == []
