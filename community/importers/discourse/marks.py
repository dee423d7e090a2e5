"""Markdown as Discourse's authors typed it, with its tags and pictures, as the house's Markdown."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from community.importers.discourse.emoji import with_emoji
from community.importers.discourse.protecting import Protected
from community.importers.discourse.tags import Element, parse
from community.texts.preparation import with_plain_line_ends

_UPLOAD = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(upload://([\w.-]{1,120})(?: [^()\n]{0,200})?\)")
_SIZE = re.compile(r"!\[([^\[\]|\n]{0,300})\|[^\[\]\n]{0,40}\]\(")
_UPLOADED = re.compile(r"!?\[([^\[\]|\n]{0,300})[^\[\]\n]{0,40}\]\((?=/uploads/)")
_HTML_IMAGE = re.compile(r"<img\s([^<>]{0,1000})>", re.IGNORECASE)
_SOURCE = re.compile(r"""\bsrc\s*=\s*["']?([^"'\s<>]{1,800})""", re.IGNORECASE)
_HTML_LINK = re.compile(
    r"""<a\s[^<>]{0,100}?href=["']?([^"'<>\s()]{1,500})["']?(?:\s[^<>]{0,200})?>([^<>\[\]\n]{1,300})</a>""",
    re.IGNORECASE,
)
_HTML_BREAK = re.compile(r"<br\s?/?>\n?", re.IGNORECASE)
_HTML_WORDS = re.compile(r"<(b|strong|i|em|s|del)>([^<>\n]{1,500})</\1>", re.IGNORECASE)
_HTML_DRESS = re.compile(
    r"</?(?:span|div|center|font|big|small|u|ins)(?:\s[^<>\n]{0,200})?>", re.IGNORECASE
)
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~"}
_QUOTED = re.compile(r"\s*(post|topic|username|full)\s*:\s*([^,]{1,80})\s*", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"[\s<>\"']")
_MARKUP = re.compile(r"([\\`*_\[\]<>#@])")
_ESCAPED = r"\\\1"


@dataclass(frozen=True)
class Neighbours:
    """What a text's marks lead to here.

    `post` gives the public id of a post by topic (None: its own) and number; `member` what somebody
    is called here, `""` who is gone, None who never was; `address` is where the forum stood.
    """

    post: Callable[[int | None, int], str | None]
    member: Callable[[str], str | None]
    address: str = ""


def house_markdown(source: str, around: Neighbours) -> str:
    """The same text in the house's own marks; what stands in code is left alone."""
    protected = Protected(with_plain_line_ends(source))
    text = _with_pictures(protected.text, around.address)
    text = with_emoji(_without_html(text))
    return protected.restore(_Turning(protected, around).text(parse(text))).strip("\n")


def _with_pictures(text: str, address: str) -> str:
    """Its own pictures become links to where they were; those from elsewhere lose their size."""

    def uploaded(found: re.Match[str]) -> str:
        name = found[1].split("|")[0].strip() or found[2]
        return f"[{name}]({address}/uploads/short-url/{found[2]})"

    text = _HTML_IMAGE.sub(_image, text)
    text = _UPLOAD.sub(uploaded, text)
    text = _UPLOADED.sub(lambda found: f"[{found[1] or 'image'}]({address}", text)
    return _SIZE.sub(lambda found: f"![{found[1]}](", text)


def _image(found: re.Match[str]) -> str:
    source = _SOURCE.search(found[1])
    return f"![]({source[1]})" if source else found[0]


def _without_html(text: str) -> str:
    text = _HTML_LINK.sub(lambda found: f"[{found[2]}]({found[1]})", text)
    text = _HTML_WORDS.sub(lambda found: _worded(found[2], _SIGNS[found[1].lower()]), text)
    return _HTML_DRESS.sub("", _HTML_BREAK.sub("\n", text))


class _Turning:
    """From a tree of tags to Markdown; `protected` gives back what stood in code."""

    def __init__(self, protected: Protected, around: Neighbours) -> None:
        self.protected, self.around = protected, around

    def text(self, nodes: list[Element | str], within: str = "") -> str:
        return "".join(
            node if isinstance(node, str) else self._element(node, within) for node in nodes
        )

    def _element(self, element: Element, within: str) -> str:
        tag, inner = element.tag, self.text(element.children, element.tag)
        address = _NO_ADDRESS.sub("", element.argument)
        if tag in _SIGNS:
            return _worded(inner, _SIGNS[tag])
        if tag == "quote":
            return self._quote(element.argument, inner)
        if tag == "url":
            return f"[{inner.strip()}](<{address}>)" if address else inner
        if tag == "img":
            return f"![]({inner.strip()})"
        if tag == "details":
            summary = element.argument.strip("\"'")
            return f"\n\n**{summary}**\n\n{inner.strip()}\n\n" if summary else inner
        if tag in ("li", "*"):
            sign = "1. " if within == "ol" else "- "
            return f"\n{sign}" + inner.strip().replace("\n", "\n" + " " * len(sign))
        return f"\n\n{inner.strip()}\n\n" if tag in ("ul", "ol", "list") else inner

    def _quote(self, argument: str, inner: str) -> str:
        """With the way back to the post where it is known, else with the name, else bare."""
        who, *attributes = argument.strip().strip("\"'“”").split(",")
        said = {found[1].lower(): found[2] for a in attributes if (found := _QUOTED.fullmatch(a))}
        number, topic = said.get("post", ""), said.get("topic", "")
        public_id = None
        if number.isdecimal() and len(number) < 10:
            known = int(topic) if topic.isdecimal() and len(topic) < 10 else None
            public_id = self.around.post(known, int(number))
        head = f"[!quote post={public_id}]" if public_id else self._name(who, said)
        body = self.protected.restore(inner).strip("\n")
        quoted = [head, "", *body.split("\n")] if head else body.split("\n")
        return "\n\n" + "\n".join(f"> {line}".rstrip() for line in quoted) + "\n\n"

    def _name(self, who: str, said: dict[str, str]) -> str:
        shown = said.get("username", who).strip()[:80]
        here = self.around.member(shown)
        if here:
            return f"@{here}:"
        return f"**{_MARKUP.sub(_ESCAPED, shown)}:**" if shown and here is None else ""


def _worded(inner: str, sign: str) -> str:
    """Marked, unless it is empty or more than a paragraph; blanks stay outside the marks."""
    words = inner.strip()
    if not words or "\n\n" in words:
        return inner
    start = inner.index(words)
    return f"{inner[:start]}{sign}{words}{sign}{inner[start + len(words) :]}"
