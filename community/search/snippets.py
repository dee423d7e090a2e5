"""A passage of a text with the found words marked. Everything else in it is escaped."""

from markupsafe import Markup

from community.escaping import marked as as_markup
from community.escaping import written
from community.search.seeking import terms_among
from community.search.words import Term

SNIPPET_LENGTH = 240
# Passages are looked for in the beginning of a very long text only.
READ_UP_TO = 8_000


def marked(
    text: str, terms: frozenset[str], prefixes: tuple[str, ...] = (), language: str = ""
) -> Markup:
    """`text`, escaped, with the terms marked."""
    matches = terms_among(text, terms, prefixes, language)
    return as_markup(_mark(text, matches, 0, len(text)))


def snippet_of(
    text: str,
    terms: frozenset[str],
    prefixes: tuple[str, ...] = (),
    language: str = "",
    length: int = SNIPPET_LENGTH,
) -> Markup:
    """The passage of `text` that holds most of the terms, or its beginning."""
    text = " ".join(text[:READ_UP_TO].split())
    matches = terms_among(text, terms, prefixes, language)
    start, end = _around(text, _densest(matches, length), length)
    passage = _mark(text, matches, start, end)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return as_markup(before + passage + after)


def _densest(matches: list[Term], length: int) -> int:
    """Where the passage with the most different terms begins."""
    best, begin, first = 0, 0, 0
    most = len({match.text for match in matches})
    for last, match in enumerate(matches):
        if best == most:
            break
        while match.end - matches[first].start > length:
            first += 1
        different = len({one.text for one in matches[first : last + 1]})
        if different > best:
            best, begin = different, matches[first].start
    return begin


def _around(text: str, begin: int, length: int) -> tuple[int, int]:
    """A passage around `begin` that does not cut words."""
    start = max(0, min(begin - length // 5, len(text) - length))
    if start:
        space = text.find(" ", start, begin)
        start = space + 1 if space >= 0 else begin
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", start + length // 2, end)
        end = space if space >= 0 else end
    return start, end


def _mark(text: str, matches: list[Term], start: int, end: int) -> str:
    parts, at = [], start
    for match in matches:
        if start <= match.start and match.end <= end:
            before, found = text[at : match.start], text[match.start : match.end]
            parts.append(f"{written(before)}<mark>{written(found)}</mark>")
            at = match.end
    parts.append(written(text[at:end]))
    return "".join(parts)
