"""A judge of HTML that knows nothing of the sanitiser, only what a browser could run or load."""

import re
from html.parser import HTMLParser

# fmt: off
HARMLESS = frozenset({
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt",
    "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins",
    "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
})
ATTRIBUTES = frozenset({
    "href", "src", "alt", "title", "id", "class", "rel", "align", "start", "width", "height",
    "colspan", "rowspan", "loading", "decoding",
})
# fmt: on
ADDRESSES = re.compile(r"(?:https?://|mailto:|[^:]*(?:[/?#]|\Z))")


class Judge(HTMLParser):
    """Collects every reason to refuse a piece of HTML."""

    def __init__(self):
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in HARMLESS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.faults.append(f"{tag} {name}={value!r}")
        attributes = dict(attrs)
        self._judge_address(tag, attributes.get("href"))
        self._judge_address(tag, attributes.get("src"))
        if tag == "img" and re.match(
            r"\s*(?:[a-z]+:|[/\\]{2})", attributes.get("src") or "//", re.IGNORECASE
        ):
            self.faults.append(f"loads {attributes.get('src')!r}")
        if tag == "a" and re.match(r"https?:|//", attributes.get("href") or "", re.IGNORECASE):
            missing = {"nofollow", "ugc", "noopener", "noreferrer"} - set(
                (attributes.get("rel") or "").split()
            )
            self.faults.extend(f"no rel {word}" for word in missing)

    def _judge_address(self, tag, address):
        if address is None:
            return
        # A browser drops tabs, line ends and leading control characters before it reads the scheme.
        read = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33)))).lower()
        if not ADDRESSES.match(read) or re.search(r"[\x00-\x1f]", address):
            self.faults.append(f"{tag} leads to {address!r}")

    def handle_comment(self, data):
        self.faults.append(f"comment {data!r}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def faults(html: str) -> list[str]:
    """Reasons to refuse this HTML; none if nothing in it can run, load or deceive."""
    judge = Judge()
    judge.feed(html)
    judge.close()
    return judge.faults
