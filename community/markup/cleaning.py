"""The sanitiser: an allow-list, then the finish that only clean HTML can be given."""

import re
from html import escape, unescape

import nh3
from pygments.token import STANDARD_TYPES

from community.markup.addresses import is_external, permitted_address

EXTERNAL_REL = "nofollow ugc noopener noreferrer"
MOST_TAGS = 80_000

# fmt: off
_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt",
    "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins",
    "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
}
# fmt: on
# What these hold is program text or belongs to another language; of everything else unknown the
# words are kept.
_DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "template",
    "title",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
    "select",
}
_ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
    "abbr": {"title"},
    **{tag: {"id"} for tag in ("h1", "h2", "h3", "h4", "h5", "h6", "li", "sup")},
}
_CLASSES = {
    "a": {"mention", "page-link", "page-link--missing", "footnote-ref", "footnote-backref"},
    "blockquote": {"quote"},
    "div": {"highlight", "footnotes"},
    "li": {"task"},
    "p": {"quote__source"},
    "pre": {"plain"},
    "span": {"task__box", "task__box--done", *filter(None, STANDARD_TYPES.values())},
}
_NUMBER = re.compile(r"[0-9]{1,4}\Z")
_NUMBERS = {"width", "height", "start", "colspan", "rowspan"}
_ALIGNMENTS = {"left", "center", "right"}

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")
_HEADING = re.compile(r"h[1-6]\Z")
_EMOJI_NAME = re.compile(r":[\w+-]+:\Z")


class TooLarge(ValueError):
    """More tags than a page can have; the sanitiser cannot be interrupted, so it is not begun."""


def clean(html: str, *, key: str = "", home: str = "", top_heading: int = 1) -> str:
    """HTML in which nothing runs and nothing loads from elsewhere.

    Only ids that begin with `key` survive.
    """

    def permitted(tag: str, name: str, value: str) -> str | None:
        if name in ("href", "src"):
            return permitted_address(value)
        if name == "id":
            return value if key and value.startswith(f"{key}-") else None
        if name in _NUMBERS:
            return value if _NUMBER.match(value) else None
        if name == "align":
            return value if value in _ALIGNMENTS else None
        return value or (value if name == "alt" else None)

    if html.count("<") > MOST_TAGS:
        raise TooLarge
    safe = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=permitted,
        allowed_classes=_CLASSES,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    # A carriage return written as an entity would be another character when it is read again.
    return _Finish(home, top_heading).apply(safe.replace("\r", "\n"))


class _Finish:
    """Turns outside pictures into links, marks outside links, keeps headings below the page's.

    Works on the sanitiser's own output, where every start tag is written in one way; values are
    moved as they stand, still escaped, so nothing it writes can be read as markup.
    """

    def __init__(self, home: str, top_heading: int):
        self.home, self.top_heading, self.in_link = home, top_heading, False

    def apply(self, html: str) -> str:
        return _TAG.sub(self._tag, html)

    def _tag(self, found: re.Match) -> str:
        closing, name, attributes = found.groups()
        attributes = attributes.replace(' class=""', "")
        if name == "a":
            self.in_link = not closing
            return "</a>" if closing else self._link(attributes)
        if name == "img":
            return self._picture(attributes)
        if _HEADING.match(name):
            return f"<{closing}h{max(int(name[1]), self.top_heading)}{attributes}>"
        return f"<{closing}{name}{attributes}>"

    def _link(self, attributes: str) -> str:
        address = dict(_ATTRIBUTE.findall(attributes)).get("href", "")
        rel = f' rel="{EXTERNAL_REL}"' if is_external(unescape(address), self.home) else ""
        return f"<a{attributes}{rel}>"

    def _picture(self, attributes: str) -> str:
        values = dict(_ATTRIBUTE.findall(attributes))
        address, words = values.get("src", ""), _as_text(values.get("alt", ""))
        if (
            not address
            or address.lower().startswith("mailto:")
            or (self.in_link and is_external(unescape(address), self.home))
        ):
            return words
        if not is_external(unescape(address), self.home):
            lazy = "" if "alt" in values else ' alt=""'
            return f'<img{attributes}{lazy} loading="lazy" decoding="async">'
        if _EMOJI_NAME.match(words):
            return words
        return f'<a href="{address}" rel="{EXTERNAL_REL}">{words or _as_text(address)}</a>'


def _as_text(value: str) -> str:
    """An attribute's escaped value as the sanitiser would write it between tags."""
    return escape(unescape(value), quote=False).replace("\xa0", "&nbsp;")
