"""The tags of a subject, with the form to change them."""

from typing import Any

from flask import g

from community.slots import fills
from community.subjects import subject_ref
from community.tagging.queries import tags_of
from community.templating import piece


@fills("topic.tags")
def tags_of_topic(topic: Any) -> str:
    return _tags(topic)


@fills("subject.tags")
def tags_of_subject(subject: Any) -> str:
    return _tags(subject)


def tags_on_page(kind: str, key: int) -> list[tuple[int, str]]:
    """Asked once for a page: who watches a tag hears of all that carries it."""
    known = g.setdefault("tags_on_page", {})
    if (kind, key) not in known:
        known[kind, key] = tags_of(kind, key)
    return known[kind, key]


def note_tags(kind: str, key: int, tags: list[tuple[int, str]]) -> None:
    """What a page has read of its subject together with the subject itself."""
    g.setdefault("tags_on_page", {})[kind, key] = tags


def _tags(subject: Any) -> str:
    kind, key = subject_ref(subject)
    names = [name for _tag, name in tags_on_page(kind, key)]
    return piece("tagging/_tags.html", subject=subject, kind=kind, names=names)
