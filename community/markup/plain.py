"""HTML read as plain text: for search, mail, feeds and lists."""

import re
from html.parser import HTMLParser

# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figure", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr",
    "ul",
})
# fmt: on
_SPACES = re.compile(r"\s+")


class _Reader(HTMLParser):
    """Collects text; a block starts on a line of its own, code keeps its lines."""

    def __init__(self, quotes: bool):
        super().__init__()
        self.pieces: list[str] = []
        self.quotes = quotes
        self.quoted = self.preformatted = 0
        self.skipping = False

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.quoted += tag == "blockquote"
        self.preformatted += tag == "pre"
        self.skipping = self.skipping or attributes.get("class") == "footnote-backref"
        if tag in _BLOCKS or tag == "br":
            self.pieces.append("\n")
        elif tag in ("td", "th"):
            self.pieces.append(" ")
        elif tag == "img":
            self.handle_data(attributes.get("alt") or "")

    def handle_endtag(self, tag):
        if tag in _BLOCKS:
            self.pieces.append("\n")
        self.quoted -= tag == "blockquote"
        self.preformatted -= tag == "pre"
        self.skipping = self.skipping and tag != "a"

    def handle_data(self, data):
        if self.skipping or (self.quoted and not self.quotes):
            return
        if not self.preformatted:
            data = _SPACES.sub(" ", data)
            if self.pieces and self.pieces[-1].endswith((" ", "\n")):
                data = data.lstrip(" ")
        self.pieces.append(data)


def plain_text(html: str, *, quotes: bool = True) -> str:
    """The words of safe HTML, a line a block; without `quotes`, only what the author wrote."""
    reader = _Reader(quotes)
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def excerpt(text: str, length: int = 200) -> str:
    """The beginning of a plain text on one line, cut between words."""
    line = _SPACES.sub(" ", text).strip()
    if len(line) <= length:
        return line
    cut = line[:length]
    if not line[length].isspace():
        # A language without spaces, or one very long word, is cut where it stands.
        cut = cut.rpartition(" ")[0] if " " in cut[length // 2 :] else cut[: length - 1]
    return cut.rstrip(" ,;:.–-") + "…"


def excerpt_of(html: str, length: int = 200) -> str:
    """The beginning of what the author wrote; of a quotation only where there is nothing else."""
    return excerpt(plain_text(html, quotes=False) or plain_text(html), length)
