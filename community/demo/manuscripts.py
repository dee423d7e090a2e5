"""One demo text as it stands in its file: a TOML head, the text, and what others said to it.

+++
title = "Can a lead have two owners?"
+++
The text, in Markdown.

@@ leonie +2h, re 2, accepted +1h, likes amal yuki
What Leonie said, two hours after what stands above.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from community.demo.moments import moment

_HEAD = re.compile(r"\+\+\+\n(.*?)\n\+\+\+\n(.*)", re.DOTALL)
_ENTRY = re.compile(r"^@@ (?=[a-z])", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """Something that somebody said or did below a text: `clauses` are its `word rest` pairs."""

    by: str
    at: datetime
    clauses: dict[str, str]
    text: str


@dataclass(frozen=True)
class Manuscript:
    key: str
    head: dict
    at: datetime
    text: str
    entries: tuple[Entry, ...]


def read_manuscript(path: Path, now: datetime) -> Manuscript:
    match = _HEAD.fullmatch(path.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{path}: no head between two lines of +++")
    head = tomllib.loads(match[1])
    text, *rest = _ENTRY.split(match[2])
    at = moment(head["at"], now=now)
    return Manuscript(path.stem, head, at, text.strip(), tuple(_entries(rest, now, at)))


def read_manuscripts(folder: Path, now: datetime) -> list[Manuscript]:
    return [read_manuscript(path, now) for path in sorted(folder.glob("*.md"))]


def read_tables(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _entries(chunks: list[str], now: datetime, previous: datetime) -> Iterator[Entry]:
    for chunk in chunks:
        line, _, text = chunk.partition("\n")
        first, _, clauses = line.partition(", ")
        by, when = first.split(" ", 1)
        previous = moment(when, now=now, after=previous)
        yield Entry(by, previous, _clauses(clauses), text.strip())


def _clauses(text: str) -> dict[str, str]:
    """`re 2, likes amal yuki`; a `note` comes last and may hold commas of its own."""
    plain, sign, note = f", {text}".partition(", note ")
    pairs = [clause.partition(" ") for clause in plain.split(", ") if clause]
    return {word: rest for word, _, rest in pairs} | ({"note": note} if sign else {})
