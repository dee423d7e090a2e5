"""The colour tokens as numbers, read from tokens.css, and WCAG's contrast between two of them."""

import re
from functools import cache

from community.assets import STATIC

PAIR = re.compile(r"--([\w-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)")
THEMES = ("light", "dark")


@cache
def colours(theme: str) -> dict[str, str]:
    source = (STATIC / "css/tokens.css").read_text()
    place = 1 + THEMES.index(theme)
    return {found[0]: found[place] for found in PAIR.findall(source)}


def contrast(one: str, other: str, theme: str) -> float:
    known = colours(theme)
    darker, lighter = sorted((_luminance(known[one]), _luminance(known[other])))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
