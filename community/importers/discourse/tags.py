"""Tags in square brackets as a tree; one pass, whatever the text."""

import re
from dataclasses import dataclass, field

DEEPEST = 12
_TAG = re.compile(
    r"\[(/?)(quote|url|img|b|i|u|s|ul|ol|li|list|\*|details|spoiler|color|size|font|center|left"
    r"|right|video|gist|pastebin)(?:=([^\[\]\n]{0,400}))?\]",
    re.IGNORECASE,
)


@dataclass
class Element:
    """`opening` is the tag as it was typed: what is never closed stays text."""

    tag: str
    argument: str
    opening: str
    children: list["Element | str"] = field(default_factory=list)


def parse(text: str) -> list["Element | str"]:
    """What is closed in good order is an element; everything else stands as it was typed."""
    stack = [Element("", "", "")]
    at = 0
    for found in _TAG.finditer(text):
        _add(stack[-1], text[at : found.start()])
        at = found.end()
        if not found[1]:
            _open(stack, found)
        elif not _close(stack, found[2].lower()):
            _add(stack[-1], found[0])
    _add(stack[-1], text[at:])
    while len(stack) > 1:
        _give_up(stack)
    return stack[0].children


def _open(stack: list[Element], found: re.Match[str]) -> None:
    tag = found[2].lower()
    if tag == "*":
        _close_item(stack)
    if len(stack) > DEEPEST:
        _add(stack[-1], found[0])
    else:
        stack.append(Element(tag, found[3] or "", found[0]))


def _close(stack: list[Element], tag: str) -> bool:
    """Whether one of this tag was open; those inside it that were not closed stay text."""
    if tag in ("ul", "ol", "list"):
        _close_item(stack)
    if tag not in [element.tag for element in stack[1:]]:
        return False
    while stack[-1].tag != tag:
        _give_up(stack)
    closed = stack.pop()
    stack[-1].children.append(closed)
    return True


def _close_item(stack: list[Element]) -> None:
    """An item in a list ends where the next begins or the list ends."""
    if stack[-1].tag == "*":
        closed = stack.pop()
        stack[-1].children.append(closed)


def _give_up(stack: list[Element]) -> None:
    lost = stack.pop()
    _add(stack[-1], lost.opening)
    for child in lost.children:
        _add(stack[-1], child)


def _add(element: Element, child: "Element | str") -> None:
    if child:
        element.children.append(child)
