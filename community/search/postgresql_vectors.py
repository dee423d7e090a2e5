"""Terms as PostgreSQL writes them: documents as `tsvector`, plans as `tsquery`.

The terms are those of every engine (`words.py` stems each text in its own language): PostgreSQL's
parsers and dictionaries have no part in it, and no server has to have any installed.
"""

from collections.abc import Iterable
from typing import NamedTuple

from community.search.documents import Document
from community.search.planning import Phrase, Plan, Want
from community.search.words import terms_of

# Beyond the last position words are found, but no phrases. No phrase runs over a gap.
LAST_POSITION, GAP = 16_383, 10
TITLE, TAGS, TEXT = "A", "B", "D"


class Vectors(NamedTuple):
    """A document's words with their places, those of its title again, and how many there are."""

    title: str
    words: str
    length: int
    terms: frozenset[str]


def vectors_of(document: Document) -> Vectors:
    own_title = document.title if document.has_own_title else ""
    places: dict[str, list[str]] = {}
    at = _place(places, own_title, document.language, TITLE)
    title = _vector(places)
    at = _place(places, " ".join(document.tags), document.language, TAGS, at + GAP)
    if not document.has_own_title:
        at = _place(places, document.title, document.language, TEXT, at + GAP)
    _place(places, document.body, document.language, TEXT, at + GAP)
    length = sum(map(len, places.values()))
    return Vectors(title, _vector(places), length, frozenset(places))


def _place(
    places: dict[str, list[str]], text: str, language: str, weight: str, after: int = 0
) -> int:
    """Note where each term stands; the last place."""
    at = after
    for at, term in enumerate(terms_of(text, language), after + 1):
        places.setdefault(term.text, []).append(f"{min(at, LAST_POSITION)}{weight}")
    return at


def _vector(places: dict[str, list[str]]) -> str:
    return " ".join(f"{quoted(term)}:{','.join(where)}" for term, where in places.items())


def quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def phrase(form: Phrase) -> str:
    return "(" + " <-> ".join(quoted(term) for term in form) + ")"


def forms(want: Want) -> list[str]:
    """Each way to meet the want, as a query of its own."""
    beginning = [f"{quoted(want.prefix)}:*"] if want.prefix else []
    return [phrase(form) for form in want.forms] + beginning


def either(wants: Iterable[Want]) -> str:
    return "(" + " | ".join(one for want in wants for one in forms(want)) + ")"


def both(parts: Iterable[str]) -> str:
    return " & ".join(parts)


def matching(plan: Plan) -> str:
    """What must match; empty if anything does."""
    needed = [either([want]) for want in plan.needed]
    return both([*needed, either(plan.wants)] if plan.welcome else needed)
