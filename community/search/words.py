"""How text becomes terms: one analysis, made here, that every engine indexes and asks with.

An engine only ever sees terms joined by spaces: engines differ in ranking, not in what is found.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from whoosh.lang import has_stemmer, stemmer_for_language
from whoosh.lang import languages as stemmed_languages
from whoosh.lang.porter2 import stem as stem_english
from whoosh.lang.stopwords import stoplists

# Scripts written without spaces: each character is a term, a word is a phrase of them.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
TERM = re.compile(
    rf"[{UNSPACED}]"  # 日
    r"|\d+(?:\.\d+)+"  # 2.7.4
    rf"|[^\W_{UNSPACED}]+(?:['’][^\W_{UNSPACED}]+)*(?:\+\+|\#(?!\w))?"  # don't, C++, C#
)
LONGEST_TERM = 64
# Stemmers of these take away, or rewrite, what a word begins with.
CHANGE_INITIALS = {"ar", "ru"}


class Term(NamedTuple):
    """A word of a text: where it stands, and what it is searched by."""

    text: str
    start: int
    end: int


def terms_of(text: str, language: str = "") -> Iterator[Term]:
    """The terms of `text` in order, stemmed by `language` where we can."""
    main_language = main_part(language)
    for found in TERM.finditer(text):
        term = reduce_word(found.group(), main_language)
        if term:
            yield Term(term, found.start(), found.end())


def main_part(language: str) -> str:
    return language.split("-")[0].split("_")[0].lower()


def indexed(text: str, language: str = "") -> str:
    """The terms of `text` joined by spaces: what an engine stores in its index."""
    return " ".join(term.text for term in terms_of(text, language))


@lru_cache(maxsize=4_000)
def reduce_word(word: str, language: str = "") -> str:
    """A word's term: lower case, stemmed, then without accents (a stemmer needs the umlauts)."""
    plain = unicodedata.normalize("NFKC", word).casefold().replace("’", "'").removesuffix("'s")
    if language == "en":
        plain = stem_english(plain)
    elif language in stemmed_languages and has_stemmer(language):
        plain = stemmer_for_language(language)(plain)
    return without_accents(plain)[:LONGEST_TERM]


def without_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return "".join(bare.split())


# No term: keeps phrases from running from one text into the next.
BORDER = "·"


def joined(*texts: str) -> str:
    """Texts that are indexed one after the other."""
    return f" {BORDER} ".join(texts)


def is_common(word: str, language: str) -> bool:
    """Whether the word says next to nothing in its language ("the", "und")."""
    return word.casefold() in stoplists.get(language.split("-")[0] or "en", ())


def trigrams(word: str) -> list[str]:
    """The three-letter pieces of a word and its edges: by them a misspelt word is recognised."""
    padded = f"_{without_accents(word.casefold())}_"
    return [padded[at : at + 3] for at in range(len(padded) - 2)]
