"""What is done to a parsed text, before its words are read and after."""

import re
import xml.etree.ElementTree as etree

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from community.markup.quoting import QUOTE_MARK

_TASK = re.compile(r"\[([ xX])\][ \t]+")
_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")
_NOT_A_WORD = re.compile(r"[^\w]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Structure(Treeprocessor):
    """Runs before the words are read: gives quotations their source and task items their box."""

    def __init__(self, desk):
        super().__init__()
        self.desk = desk

    def run(self, root):
        for element in list(root.iter()):
            if element.tag == "blockquote":
                self._attribute(element)
            elif element.tag == "li":
                self._box(element)

    def _attribute(self, block):
        opening = block.find("p")
        words = (opening.text or "") if opening is not None else ""
        mark = QUOTE_MARK.match(words)
        if opening is None or not mark:
            return
        opening.text = words[mark.end() :]
        if not opening.text:
            block.remove(opening)
        if mark[1] in self.desk.quotes:
            address, author = self.desk.quotes[mark[1]]
            block.set("class", "quote")
            source = etree.Element("p", {"class": "quote__source"})
            link = etree.SubElement(etree.SubElement(source, "cite"), "a", {"href": address})
            link.text = AtomicString(author)
            block.insert(0, source)
            self.desk.quoted.append(mark[1])

    def _box(self, item):
        first = item.find("p")
        holder = item if (item.text or "").strip() or first is None else first
        words = (holder.text or "").lstrip()
        mark = _TASK.match(words)
        if not mark:
            return
        done = mark[1] != " "
        kind = "task__box task__box--done" if done else "task__box"
        box = etree.Element("span", {"class": kind})
        box.text = AtomicString("☑" if done else "☐")
        box.tail = " " + words[mark.end() :]
        holder.text = ""
        holder.insert(0, box)
        item.set("class", "task")


class Findings(Treeprocessor):
    """Runs after the words are read: shifts and names headings, notes who is mentioned."""

    def __init__(self, desk):
        super().__init__()
        self.desk = desk

    def run(self, root):
        self._anchors: dict[str, str] = {}
        links: list[etree.Element] = []
        self._walk(root, links)
        for link in links:
            fragment = link.get("href", "")
            if fragment[1:] in self._anchors and fragment.startswith("#"):
                link.set("href", "#" + self._anchors[fragment[1:]])

    def _walk(self, root, links):
        waiting = [(root, False)]
        while waiting:
            element, quoted = waiting.pop()
            if element.tag in _HEADINGS:
                self._name(element)
            elif element.tag == "a":
                links.append(element)
                self._note(element, quoted)
            quoted = quoted or element.tag == "blockquote"
            waiting.extend((child, quoted) for child in reversed(element))

    def _name(self, heading):
        level = min(_HEADINGS[heading.tag] + self.desk.top_heading - 1, 6)
        words = _PLACEHOLDER.sub("", "".join(heading.itertext()))
        slug = base = _NOT_A_WORD.sub("-", words.casefold()).strip("-")[:60] or "section"
        number = 1
        while slug in self._anchors:
            number += 1
            slug = f"{base}-{number}"
        self._anchors[slug] = f"{self.desk.key}-{slug}"
        heading.tag = f"h{level}"
        heading.set("id", self._anchors[slug])

    def _note(self, link, quoted):
        """Quoting someone who mentioned Ada does not mention her again."""
        if link.get("class") == "mention" and not quoted:
            self.desk.mentioned.append(link.text[1:])
