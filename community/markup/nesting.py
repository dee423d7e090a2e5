"""Texts that would keep the parser busy are recognised before it sees them."""

import re

MOST_BRACKETS = 400
DEEPEST = 20
DEEPEST_TAGS = 200

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_NEW_RUN = re.compile(r"[ \t>]*(?:$|[-*+][ \t]|\d{1,9}[.)][ \t]|\|)")
_MARKERS = re.compile(r"\A(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*")
_MARKER = re.compile(r">|[-*+]|\d+[.)]")
_LIST_ITEM = re.compile(r"[-*+][ \t]|\d{1,9}[.)][ \t]")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# fmt: off
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "li", "link", "meta", "p",
    "source", "td", "th", "tr", "track", "wbr",
})
# fmt: on


def is_overloaded(source: str) -> bool:
    """Whether a block holds too many brackets or a line is nested too deep, fenced code aside."""
    brackets, fence = 0, ""
    for line in source.split("\n"):
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence):
                fence = ""
            continue
        if found:
            fence = found[1]
            continue
        brackets = line.count("[") + (0 if _NEW_RUN.match(line) else brackets)
        if brackets > MOST_BRACKETS or _depth(line) > DEEPEST:
            return True
    return False


def _depth(line: str) -> int:
    if _RULE.match(line):
        return 0
    words = _MARKERS.sub("", line, count=1)
    depth = len(_MARKER.findall(line[: len(line) - len(words)]))
    indented = line.lstrip(" \t")
    if _LIST_ITEM.match(indented):
        depth += len(line[: len(line) - len(indented)].expandtabs(4)) // 4
    return depth


def is_deep_html(html: str) -> bool:
    """Whether elements stand deeper in each other than on any page; a sanitiser is slow then."""
    depth = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _VOID:
            continue
        depth += -1 if tag[1] else 1
        if depth > DEEPEST_TAGS:
            return True
    return False
