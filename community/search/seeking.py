"""Which of a text's words are wanted, found without reading all the others.

A snippet is made of every result, so this is most of what a page of results costs.
"""

import re
from collections.abc import Set
from functools import lru_cache

from community.search.words import (
    CHANGE_INITIALS,
    TERM,
    UNSPACED,
    Term,
    main_part,
    reduce_word,
)

LETTERS_AT_FIRST = re.compile(rf"[^\W\d_{UNSPACED}]*")
# What the English stemmer may rewrite at the end of a stem: "hoping" is found by "hope".
REWRITTEN = 2
MANY_LETTERS = "\0"
MOST_FOLDED = 5_000


class Folding(dict[int, str]):
    """Each letter as a term has it, so that places in a text stay what they are.

    A letter that becomes several cannot, and is marked.
    """

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = reduce_word(letter) if letter.isalnum() else letter.replace("’", "'")
        if len(folded) != 1:
            folded = MANY_LETTERS
        if len(self) < MOST_FOLDED:
            self[code] = folded
        return folded


FOLDING = Folding()


def terms_among(
    text: str, wanted: Set[str], prefixes: tuple[str, ...] = (), language: str = ""
) -> list[Term]:
    """Those of the text's terms that are wanted, or begin so, in order."""
    return _seeker(frozenset(wanted), prefixes, main_part(language)).among(text)


class Seeker:
    """Made once for what is wanted, and asked for each text."""

    def __init__(self, wanted: frozenset[str], prefixes: tuple[str, ...], language: str) -> None:
        self.wanted, self.prefixes, self.language = wanted, prefixes, language
        self.initials = {one[0] for one in (*wanted, *prefixes) if one}
        self.changes_initials = language in CHANGE_INITIALS
        beginnings = {self._beginning(one) for one in (*wanted, *prefixes) if one}
        # Without a letter: what begins with a digit can begin in the middle of a number.
        self.reads_all = "" in beginnings or self.changes_initials
        self.beginnings = re.compile("|".join(map(re.escape, sorted(beginnings))))

    def among(self, text: str) -> list[Term]:
        if not self.initials:
            return []
        places = None if self.reads_all else self._places(text)
        if places is None:
            places = [found.start() for found in TERM.finditer(text)]
        return [term for place in places if (term := self._wanted_at(text, place))]

    def _places(self, text: str) -> list[int] | None:
        """Where a word begins as a wanted one does, unless that cannot be said from there."""
        folded = text.lower() if text.isascii() else text.translate(FOLDING)
        if MANY_LETTERS in folded:
            return None
        places = []
        for found in self.beginnings.finditer(folded):
            place = found.start()
            begins = begins_word(text, place)
            if begins is None:
                return None
            if begins:
                places.append(place)
        return places

    def _wanted_at(self, text: str, place: int) -> Term | None:
        """A word is reduced only if it begins with the letter of a wanted one: most do not."""
        if not self.changes_initials and reduce_word(text[place])[:1] not in self.initials:
            return None
        found = TERM.match(text, place)
        assert found, "a word begins here"
        term = reduce_word(found.group(), self.language)
        if term in self.wanted or term.startswith(self.prefixes):
            return Term(term, place, found.end())
        return None

    def _beginning(self, term: str) -> str:
        """The letters that every word begins with that is reduced to this term."""
        kept = {"": len(term), "en": max(1, len(term) - REWRITTEN)}.get(self.language, 1)
        letters = LETTERS_AT_FIRST.match(term)
        return letters.group()[:kept] if letters else ""


@lru_cache(64)
def _seeker(wanted: frozenset[str], prefixes: tuple[str, ...], language: str) -> Seeker:
    return Seeker(wanted, prefixes, language)


def begins_word(text: str, place: int) -> bool | None:
    """Whether a word begins with the letter there; nothing if that takes reading what is before.

    Behind an apostrophe it does only if there is no word before that.
    """
    if place and text[place - 1] in "'’":
        place -= 1
    before = text[place - 1] if place else " "
    if not before.isalnum():
        return True
    return False if LETTERS_AT_FIRST.fullmatch(before) else None
