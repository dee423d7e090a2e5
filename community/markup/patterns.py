"""What our Markdown knows beyond the usual: mentions, links between pages, typed line breaks."""

import re
import xml.etree.ElementTree as etree

from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

from community.markup.mentions import MENTION

PAGE_LINK = r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]|\n]{1,200}))?\]\]"


class Mention(InlineProcessor):
    """`@ada` is a link where ada is a member, and stays text where she is not."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, desk):
        super().__init__(MENTION)
        self.desk = desk

    def handleMatch(self, m, data):
        name = m[1]
        username = self.desk.known.get(name.casefold())
        if username is None:
            return None, None, None
        link = etree.Element("a", {"href": f"/people/{username}", "class": "mention"})
        link.text = AtomicString(f"@{username}")
        return link, m.start(0), m.end(0)


class PageReference(InlineProcessor):
    """`[[Title]]` or `[[Title|words]]` where the text stands in a place that has pages."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, desk):
        super().__init__(PAGE_LINK)
        self.desk = desk

    def handleMatch(self, m, data):
        title = m[1].strip()
        if title not in self.desk.pages:
            return None, None, None
        address, exists = self.desk.pages[title]
        kind = "page-link" if exists else "page-link page-link--missing"
        link = etree.Element("a", {"href": address, "class": kind})
        link.text = AtomicString((m[2] or title).strip())
        return link, m.start(0), m.end(0)


class TypedLineBreak(InlineProcessor):
    """A line ends where its author ended it; imports that wrap at a column switch this off."""

    def __init__(self, desk):
        super().__init__(r"\n")
        self.desk = desk

    def handleMatch(self, m, data):
        if not self.desk.line_breaks:
            return None, None, None
        return etree.Element("br"), m.start(0), m.end(0)


class ListAfterParagraph(Preprocessor):
    """People type a list right below its introduction; Python-Markdown wants a line between."""

    _ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)])[ \t]+\S")
    _OPENS_OR_CONTINUES = re.compile(r"(?:[ \t]|>|\|| {0,3}(?:[-*+]|\d{1,9}[.)])[ \t])")

    def run(self, lines):
        spaced: list[str] = []
        in_paragraph = False
        for line in lines:
            if in_paragraph and self._ITEM.match(line):
                spaced.append("")
                in_paragraph = False
            elif not line.strip():
                in_paragraph = False
            elif not spaced or not spaced[-1].strip():
                in_paragraph = not self._OPENS_OR_CONTINUES.match(line)
            spaced.append(line)
        return spaced
