"""Every sentence goes through gettext: in a language that marks them, nothing stands unmarked."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from zoneinfo import available_timezones

import pytest
from sqlalchemy import String, select

from community.database import Base, session
from community.i18n import PseudoDomain
from tests.conftest import sign_in
from tests.journeys.places import World

SPOKEN = ("alt", "aria-label", "data-confirm", "data-done", "data-failed", "data-saved",
          "data-unsaved", "data-uploading", "hx-confirm", "placeholder", "title")  # fmt: skip
SILENT = ("script", "style", "textarea", "code", "pre", "kbd", "cite", "relative-time")
VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "use")
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
WITHOUT_WORDS = re.compile(r"\d+ [A-Z][a-z]{2}( \d{4})?|.*Σ.*")  # dates and formulas
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Names of things, and what everybody writes alike.
ALIKE = {"Guildhall", "English", "example.com", "member", *available_timezones()}


class Reader(HTMLParser):
    """Collects what a person reads or hears, but not what people wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.inside: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if not self._silent():
            self.read += [given[name] or "" for name in SPOKEN if name in given]
        if tag not in VOID:
            theirs = given.get("dir") == "auto" or "prose" in (given.get("class") or "").split()
            unheard = given.get("aria-hidden") == "true"
            self.inside.append((tag, tag in SILENT or theirs or unheard))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._silent():
            self.read.append(data)

    def _silent(self) -> bool:
        return any(silent for _, silent in self.inside)


def bare(page: str, written: set[str]) -> Iterator[str]:
    """What is read without having been marked, and is in no row of the database either."""
    reader = Reader()
    reader.feed(page)
    rest = "\n".join(reader.read)
    while MARKED.search(rest):
        rest = MARKED.sub("\n", rest)
    for piece in {piece.strip(" #@·:,.()“”+–-⟦⟧") for piece in re.split(r"\n| · ", rest)}:
        if (
            LETTERS.search(WITHOUT_WORDS.sub("", piece))
            and piece not in written
            and piece not in ALIKE
        ):
            yield piece


def everything_written() -> set[str]:
    """Every text in the database but those that are enumerations."""
    found: set[str] = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String) and (column.type.length or 999) > 30:
                found.update(one for one in session.scalars(select(column)) if one)
    return found


@pytest.mark.parametrize("name", ["al", "ada", None])
def test_no_page_has_a_sentence_that_cannot_be_translated(world: World, live, monkeypatch, name):
    monkeypatch.setattr(live.extensions["babel"].instance, "domain_instance", PseudoDomain())
    client = live.test_client()
    if name:
        sign_in(client, getattr(world.cast, name))
    written = everything_written()
    found: dict[str, list[str]] = {}
    for path in world.pages:
        for words in bare(client.get(path, follow_redirects=True).text, written):
            found.setdefault(words, []).append(path)
    assert {words: paths[:2] for words, paths in found.items()} == {}
