"""Atom (RFC 4287), written by a library that escapes: nothing here is put together from strings."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from community.feeds.registry import Entry, Feed

ATOM = "http://www.w3.org/2005/Atom"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
EMPTY_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ElementTree.register_namespace("", ATOM)


def write_atom(feed: Feed, *, address: str, origin: str) -> bytes:
    """`address` is the feed's own path, `origin` this site's, which all links begin with."""
    root = ElementTree.Element(f"{{{ATOM}}}feed", {BASE: f"{origin}/"})
    latest = max((entry.updated for entry in feed.entries), default=EMPTY_SINCE)
    _text(root, "id", origin + address)
    _text(root, "title", feed.title)
    if feed.about:
        _text(root, "subtitle", feed.about)
    _text(root, "updated", latest.isoformat())
    _link(root, "self", origin + address, "application/atom+xml")
    _link(root, "alternate", origin + feed.url, "text/html")
    for entry in feed.entries:
        _write_entry(root, entry, origin)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _write_entry(root: ElementTree.Element, entry: Entry, origin: str) -> None:
    element = ElementTree.SubElement(root, f"{{{ATOM}}}entry")
    _text(element, "id", _tag_uri(entry, origin))
    _text(element, "title", entry.title)
    _link(element, "alternate", origin + entry.url, "text/html")
    _text(element, "published", entry.published.isoformat())
    _text(element, "updated", entry.updated.isoformat())
    author = ElementTree.SubElement(element, f"{{{ATOM}}}author")
    _text(author, "name", entry.author)
    if entry.summary:
        _text(element, "summary", entry.summary)
    _text(element, "content", entry.html, type="html")


def _tag_uri(entry: Entry, origin: str) -> str:
    """The same for good, whatever becomes of the title (RFC 4151)."""
    host = urlsplit(origin).hostname or "localhost"
    return f"tag:{host},{entry.published:%Y-%m-%d}:{entry.id}"


def _text(parent: ElementTree.Element, name: str, words: str, **attributes: str) -> None:
    """XML has no place for some characters that a text may hold."""
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = _NO_XML.sub("", words)


def _link(parent: ElementTree.Element, relation: str, href: str, kind: str) -> None:
    attributes = {"rel": relation, "href": href, "type": kind}
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", attributes)
