"""The headings of a rendered text: what its table of contents is made of."""

import re
from typing import NamedTuple

from community.markup.plain import plain_text

_HEADING = re.compile(r'<h([1-6]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)


class Heading(NamedTuple):
    """An entry of a table of contents."""

    level: int
    id: str
    text: str


def headings_of(html: str) -> tuple[Heading, ...]:
    """The headings of HTML that we rendered ourselves, in order."""
    return tuple(
        Heading(int(level), name, plain_text(words))
        for level, name, words in _HEADING.findall(html)
    )
