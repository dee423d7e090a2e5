"""Markdown to clean HTML, inside the child process."""

import re
from dataclasses import dataclass, field
from html import unescape

import markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension

from community.markup.cleaning import clean
from community.markup.headings import headings_of
from community.markup.patterns import ListAfterParagraph, Mention, PageReference, TypedLineBreak
from community.markup.plain import excerpt_of, plain_text
from community.markup.trees import Findings, Structure

_LINK = re.compile(r'<a(?! class="mention")(?: [a-z-]+="[^"]*")*? href="([^"]*)"')


@dataclass
class Desk:
    """What one text brings with it and what is found in it; the extensions look here."""

    key: str = "text"
    home: str = ""
    top_heading: int = 3
    line_breaks: bool = True
    known: dict[str, str] = field(default_factory=dict)
    pages: dict[str, list] = field(default_factory=dict)
    quotes: dict[str, list] = field(default_factory=dict)
    mentioned: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)

    def lay_out(self, request: dict) -> None:
        """Clear the desk and put a new text's things on it."""
        self.__init__(**request)


class HouseMarkdown(Extension):
    """Our own patterns, and raw HTML off: what looks like a tag is text."""

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk = desk

    def extendMarkdown(self, md):
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "@", "~", "|"]
        md.preprocessors.register(ListAfterParagraph(md), "list-after-paragraph", 15)
        md.inlinePatterns.register(PageReference(self.desk), "page-reference", 176)
        md.inlinePatterns.register(Mention(self.desk), "mention", 70)
        md.inlinePatterns.register(TypedLineBreak(self.desk), "typed-line-break", 5)
        md.treeprocessors.register(Structure(self.desk), "structure", 45)
        md.treeprocessors.register(Findings(self.desk), "findings", 12)


class Footnotes(FootnoteExtension):
    """Footnotes whose ids carry the text's key, so that two posts on one page never share one."""

    def __init__(self, desk: Desk):
        super().__init__(BACKLINK_TEXT="↩", BACKLINK_TITLE="")
        self.desk = desk

    def makeFootnoteId(self, id):
        return f"{self.desk.key}-{super().makeFootnoteId(id)}".replace(":", "-")

    def makeFootnoteRefId(self, id, found=False):
        return f"{self.desk.key}-{super().makeFootnoteRefId(id, found)}".replace(":", "-")

    def makeFootnotesDiv(self, root):
        div = super().makeFootnotesDiv(root)
        if div is not None:
            div.set("class", "footnotes")
        return div


class Writer:
    """One Markdown parser and the desk it works at.

    A parser interrupted half-way is thrown away with its desk.
    """

    def __init__(self):
        self.desk = Desk()
        self.parser = markdown.Markdown(
            output_format="html",
            extensions=[
                "markdown.extensions.sane_lists",
                "markdown.extensions.tables",
                "pymdownx.superfences",
                "pymdownx.highlight",
                "pymdownx.magiclink",
                "pymdownx.tilde",
                Footnotes(self.desk),
                HouseMarkdown(self.desk),
            ],
            extension_configs={
                "markdown.extensions.tables": {"use_align_attribute": True},
                "pymdownx.highlight": {"guess_lang": False, "linenums": None},
                "pymdownx.superfences": {
                    "disable_indented_code_blocks": False,
                    "custom_fences": [],
                },
                "pymdownx.tilde": {"subscript": False},
            },
        )

    def compose(self, source: str, **request) -> dict:
        """Everything a text becomes, as plain values."""
        desk = self.desk
        desk.lay_out(request)
        self.parser.reset()
        html = clean(self.parser.convert(source), key=desk.key, home=desk.home)
        return {
            "html": html,
            "mentions": list(dict.fromkeys(desk.mentioned)),
            "quotes": list(dict.fromkeys(desk.quoted)),
            **_findings(html),
        }


def purify(html: str, *, home: str = "", top_heading: int = 3) -> dict:
    """Somebody else's HTML, made safe."""
    html = clean(html, home=home, top_heading=top_heading)
    return {"html": html, "mentions": [], "quotes": [], **_findings(html)}


def _findings(html: str) -> dict:
    return {
        "plain": plain_text(html),
        "excerpt": excerpt_of(html),
        "links": list(
            dict.fromkeys(unescape(found) for found in _LINK.findall(html) if found[:1] != "#")
        ),
        "headings": [list(heading) for heading in headings_of(html)],
    }
