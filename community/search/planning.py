"""From what was typed to what must match: the part of answering a query that all engines share."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from community.search.grammar import Filter, Query, Wanted
from community.search.words import is_common, reduce_word, terms_of, trigrams

# From here on a search is a sentence: few texts hold all of its words, the best hold most.
SENTENCE = 5
PREFIX_AT_LEAST = 2
ALIKE = 0.5
MISSPELT_AT_LEAST = 4

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Want:
    """One thing a text should hold, in any of these forms: one term each, or several in a row."""

    forms: tuple[Phrase, ...]
    prefix: str = ""
    firm: bool = False


@dataclass(frozen=True)
class Plan:
    """Words to find and words that must be absent; unless `every` is needed, one will do."""

    query: Query
    wants: tuple[Want, ...]
    without: tuple[Want, ...] = ()
    every: bool = True

    @property
    def loose(self) -> "Plan":
        """The same, content with any of the words. Phrases stay firm."""
        return replace(self, every=False)

    @property
    def can_be_loose(self) -> bool:
        return any(not want.firm for want in self.wants)

    @property
    def needed(self) -> list[Want]:
        """What every text must hold."""
        return [want for want in self.wants if want.firm or self.every]

    @property
    def welcome(self) -> list[Want]:
        """What makes a text better; where nothing is needed, one of these is."""
        return [want for want in self.wants if not (want.firm or self.every)]

    @property
    def narrowing(self) -> list[Filter]:
        """The filters; kinds asked for are none, for the others are still counted."""
        return [one for one in self.query.filters if one.excluded or one.name != "kind"]

    @property
    def moments(self) -> list[tuple[str, str, datetime]]:
        """From when and until when, each with its name and how to compare."""
        limits = ("after", ">=", self.query.after), ("before", "<", self.query.before)
        return [(name, sign, at) for name, sign, at in limits if at]

    @property
    def finds_nothing(self) -> bool:
        return not self.wants and not self.query.narrows

    def marks(self) -> frozenset[str]:
        """The terms to mark in a snippet."""
        return frozenset(term for want in self.wants for form in want.forms for term in form)


def plan(query: Query, *, languages: Iterable[str], language: str) -> Plan:
    """How to answer `query`: its words in the forms they take in each language of the index."""
    wanted = _telling(query.words, language)
    wants = _wants(wanted, languages)
    return Plan(query, wants, _wants(query.without, languages), every=len(wants) < SENTENCE)


def plan_similar(title: str, *, languages: Iterable[str], language: str) -> Plan:
    """How to find what resembles `title`, half typed perhaps.

    Any word counts, the last one by its beginning.
    """
    words = _words(title)
    wants = _wants(_telling(words, language), languages)
    if wants and title[-1:].isalnum():
        wants = (*wants[:-1], _beginning(wants[-1], words[-1].text))
    return Plan(Query(title), wants, every=False)


def plan_completion(text: str, *, languages: Iterable[str]) -> Plan:
    """How to complete what is being typed, within titles."""
    words = _words(text)
    wants = _wants(words, languages)
    if wants:
        wants = (*wants[:-1], _beginning(wants[-1], words[-1].text))
    return Plan(Query(text, in_title=True), wants)


def nearest(word: str, vocabulary: Iterable[str], *, limit: int = 3) -> list[str]:
    """The terms that look most like a misspelt `word`, by the three-letter pieces they share."""
    pieces = set(trigrams(word))
    scored = []
    for term in vocabulary:
        if abs(len(term) - len(word)) <= 2:
            others = set(trigrams(term))
            alike = 2 * len(pieces & others) / (len(pieces) + len(others))
            if alike >= ALIKE:
                scored.append((-alike, term))
    return [term for _, term in sorted(scored)[:limit]]


def _words(text: str) -> tuple[Wanted, ...]:
    return tuple(Wanted(text[term.start : term.end]) for term in terms_of(text))


def _telling(words: tuple[Wanted, ...], language: str) -> tuple[Wanted, ...]:
    """Without the words that every text has, unless there are no others."""
    return (
        tuple(word for word in words if word.quoted or not is_common(word.text, language)) or words
    )


def _wants(words: Iterable[Wanted], languages: Iterable[str]) -> tuple[Want, ...]:
    return tuple(want for word in words if (want := _want(word, ("", *languages))).forms)


def _want(word: Wanted, languages: Iterable[str]) -> Want:
    forms = {
        tuple(term.text for term in terms_of(word.text, language)): None for language in languages
    }
    return Want(tuple(form for form in forms if form), firm=word.quoted)


def _beginning(want: Want, word: str) -> Want:
    prefix = reduce_word(word)
    return replace(want, prefix=prefix) if len(prefix) >= PREFIX_AT_LEAST else want
