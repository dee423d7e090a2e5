"""A passage of a text with the found words marked. Everything else in it is escaped."""

from markupsafe import Markup, escape

from community.search.words import Term, terms_among

SNIPPET_LENGTH = 240
# Passages are looked for in the beginning of a very long text only.
READ_UP_TO = 8_000


def marked(
    text: str, terms: frozenset[str], prefixes: tuple[str, ...] = (), language: str = ""
) -> Markup:
    """`text`, escaped, with the terms marked."""
    return _mark(text, _matches(text, terms, prefixes, language), 0, len(text))


def snippet_of(
    text: str,
    terms: frozenset[str],
    prefixes: tuple[str, ...] = (),
    language: str = "",
    length: int = SNIPPET_LENGTH,
) -> Markup:
    """The passage of `text` that holds most of the terms, or its beginning."""
    text = " ".join(text[:READ_UP_TO].split())
    matches = _matches(text, terms, prefixes, language)
    start, end = _around(text, _densest(matches, length), length)
    passage = _mark(text, matches, start, end)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return Markup(before) + passage + Markup(after)


def _matches(
    text: str, terms: frozenset[str], prefixes: tuple[str, ...], language: str
) -> list[Term]:
    return terms_among(text, terms, prefixes, language)


def _densest(matches: list[Term], length: int) -> int:
    """Where the passage with the most different terms begins."""
    best, begin, first = 0, 0, 0
    for last, match in enumerate(matches):
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


def _mark(text: str, matches: list[Term], start: int, end: int) -> Markup:
    parts, at = [], start
    for match in matches:
        if start <= match.start and match.end <= end:
            parts += [
                escape(text[at : match.start]),
                Markup("<mark>%s</mark>") % text[match.start : match.end],
            ]
            at = match.end
    parts.append(escape(text[at:end]))
    return Markup("").join(parts)
