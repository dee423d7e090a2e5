"""A text as it is stored: rendered once, when written, with the version of what rendered it."""

import re
import secrets
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from community.markup.characters import replace_unstorable
from community.markup.headings import Heading
from community.markup.mentions import mentioned_names
from community.markup.nesting import is_deep_html, is_overloaded
from community.markup.patterns import PAGE_LINK
from community.markup.plain import excerpt
from community.markup.process import Renderer, renderer
from community.markup.quoting import QUOTE_CANDIDATE

RENDERER = 1
"""Goes up with every change of what comes out: a job renders again what an older one wrote."""

_PAGE_LINK = re.compile(PAGE_LINK)
_MOST_CANDIDATES = 500


class PageLink(NamedTuple):
    """Where a page stands, or would be begun."""

    address: str
    exists: bool = True


class QuotedPost(NamedTuple):
    """What a quotation says about its source."""

    address: str
    author: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Clean HTML and what the text was found to say.

    `failed` names the reason when it is shown as it was typed.
    """

    html: str
    plain: str
    excerpt: str
    mentions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    failed: str | None = None
    renderer: int = RENDERER


def render(
    source: str,
    *,
    known_members: Set[str] | Callable[[frozenset[str]], Set[str]] = frozenset(),
    pages: Callable[[frozenset[str]], Mapping[str, PageLink]] | None = None,
    quotes: Callable[[frozenset[str]], Mapping[str, QuotedPost]] | None = None,
    key: str | None = None,
    home: str = "",
    top_heading: int = 3,
    line_breaks: bool = True,
    by: Renderer = renderer,
) -> Rendered:
    """The text as HTML. Takes at most a few seconds, whatever the text.

    The resolvers are asked once, before the child is, with every name (casefolded), title or post
    id that could be meant; what they leave out stays text. Whoever resolves pages and quotes
    answers for the least of the readers. `key` (a public id) makes the ids in the text its own;
    without one, a random key does. Addresses under `home` are ours. Whoever renders thousands of
    texts at once brings renderers of their own.
    """
    source = replace_unstorable(source)
    if is_overloaded(source):
        return _as_typed(source, "nesting")
    known = _ask(known_members, mentioned_names(source))
    titles = {title.strip() for title, _ in _PAGE_LINK.findall(source)} if pages else set()
    resolved = _ask(pages, titles) if pages else {}
    quoted = _ask(quotes, set(QUOTE_CANDIDATE.findall(source))) if quotes else {}
    answer = by.ask(
        {
            "kind": "markdown",
            "text": source,
            "known": {name.casefold(): name for name in known},
            "pages": {title: list(page) for title, page in resolved.items()},
            "quotes": {post: list(origin) for post, origin in quoted.items()},
            "key": f"t{key or secrets.token_hex(4)}",
            "home": home,
            "top_heading": top_heading,
            "line_breaks": line_breaks,
        }
    )
    return _rendered(answer, source, pages=tuple(sorted(titles)))


def sanitize_html(
    html: str, *, home: str = "", top_heading: int = 3, by: Renderer = renderer
) -> Rendered:
    """HTML from elsewhere (an import, a feed), made as safe as our own."""
    html = replace_unstorable(html)
    if is_deep_html(html):
        return _as_typed(html, "nesting")
    request = {"kind": "html", "text": html, "home": home, "top_heading": top_heading}
    return _rendered(by.ask(request), html)


def _ask(resolver, candidates: set[str]):
    """Nobody names five hundred members in one text; what comes after is left as text."""
    if not callable(resolver):
        return resolver
    return resolver(frozenset(sorted(candidates)[:_MOST_CANDIDATES])) if candidates else {}


def _rendered(answer: dict, source: str, pages: tuple[str, ...] = ()) -> Rendered:
    if "failed" in answer:
        return _as_typed(source, answer["failed"])
    return Rendered(
        html=answer["html"],
        plain=answer["plain"],
        excerpt=answer["excerpt"],
        mentions=tuple(answer["mentions"]),
        links=tuple(answer["links"]),
        pages=pages,
        quotes=tuple(answer["quotes"]),
        headings=tuple(Heading(*heading) for heading in answer["headings"]),
    )


def _as_typed(source: str, reason: str) -> Rendered:
    return Rendered(
        html=f'<pre class="plain">{escape(source, quote=False)}</pre>',
        plain=source,
        excerpt=excerpt(source[:2000]),
        failed=reason,
    )
