"""HTML turned into the Markdown one would have typed: for the first edit of an imported text."""

import re
from html.parser import HTMLParser

# Our own HTML begins at h3, because the page has the levels above.
_HEADINGS = {f"h{level}": "#" * max(1, level - 2) for level in range(1, 7)}
_INLINE = {"em": "*", "i": "*", "strong": "**", "b": "**", "del": "~~", "s": "~~"}
_BLOCKS = ("p", "div", "section", "figure", "table", "dl", "tr")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#])")


class _Turner(HTMLParser):
    """Keeps a stack of open pieces; closing a tag folds its piece into the one around it."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, dict[str, str | None], list[str]]] = [("", {}, [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._add("\n")
        elif tag == "hr":
            self._add("\n\n---\n\n")
        elif tag == "img":
            self._add(_picture(dict(attrs)))
        else:
            self.stack.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        closed = None if tag in [one for one, _attributes, _pieces in self.stack[1:]] else tag
        while closed != tag:
            closed = self._close()

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _attributes, _pieces in self.stack]
        if "code" in tags or "pre" in tags:
            self._add(data)
        else:
            self._add(_SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", data)))

    def text(self) -> str:
        while len(self.stack) > 1:
            self._close()
        return re.sub(r"\n{3,}", "\n\n", "".join(self.stack[0][2])).strip() + "\n"

    def _close(self) -> str:
        tag, attributes, pieces = self.stack.pop()
        within = self.stack[-1][0]
        self._add(_turned(tag, attributes, "".join(pieces), within))
        return tag

    def _add(self, piece: str) -> None:
        self.stack[-1][2].append(piece)


def to_markdown(html: str) -> str:
    """The Markdown of HTML that was cleaned here; what it has no sign for becomes paragraphs."""
    turner = _Turner()
    turner.feed(html)
    turner.close()
    return turner.text()


def _turned(tag: str, attributes: dict[str, str | None], inner: str, within: str) -> str:
    if tag in _INLINE and inner.strip():
        return f"{_INLINE[tag]}{inner.strip()}{_INLINE[tag]}"
    if tag == "code":
        return inner if within == "pre" else f"`{inner}`"
    if tag == "a":
        return f"[{inner.strip()}]({attributes.get('href')})" if attributes.get("href") else inner
    return _turned_block(tag, inner, within)


def _turned_block(tag: str, inner: str, within: str) -> str:
    text = inner.strip("\n")
    if tag == "pre":
        return f"\n\n```\n{text}\n```\n\n"
    if tag in _HEADINGS:
        return f"\n\n{_HEADINGS[tag]} {text.strip()}\n\n"
    if tag == "blockquote":
        return "\n\n" + _prefixed(text.strip(), "> ") + "\n\n"
    if tag == "li":
        sign = "1. " if within == "ol" else "- "
        return sign + _prefixed(text.strip(), " " * len(sign)).lstrip() + "\n"
    if tag in ("ul", "ol"):
        return f"\n{text}\n" if within == "li" else f"\n\n{text.strip()}\n\n"
    if tag in ("td", "th", "dt", "dd"):
        return text.strip() + " "
    return f"\n\n{text.strip()}\n\n" if tag in _BLOCKS else inner


def _prefixed(text: str, prefix: str) -> str:
    lines = re.sub(r"\n{3,}", "\n\n", text).split("\n")
    return "\n".join(f"{prefix}{line}".rstrip() for line in lines)


def _picture(attributes: dict[str, str | None]) -> str:
    return f"![{attributes.get('alt') or ''}]({attributes.get('src') or ''})"
