"""Emoji that were written as codes."""

import re
from functools import cache
from importlib import import_module

_CODE = re.compile(r"(?<![\w/:]):([a-z0-9_+-]{2,50}):(?:t[2-6]:)?(?![\w/])")


def with_emoji(text: str) -> str:
    """`:smile:` as the character; codes that a forum made up stay as they are."""
    return _CODE.sub(lambda found: _characters().get(f":{found[1]}:", found[0]), text)


@cache
def _characters() -> dict[str, str]:
    known: dict[str, str] = {}
    # 3 MB, for those who import.
    for source in map(import_module, ("pymdownx.gemoji_db", "pymdownx.twemoji_db")):
        for code, emoji in source.emoji.items():
            points = emoji.get("unicode_alt") or emoji.get("unicode")
            if points:
                known[code] = "".join(chr(int(point, 16)) for point in points.split("-"))
        known |= {alias: known[code] for alias, code in source.aliases.items() if code in known}
    return known
