"""The tags of a subject, with the form to change them."""

from typing import Any

from community.slots import fills
from community.subjects import subject_ref
from community.tagging.actions import tag_names
from community.templating import piece


@fills("topic.tags")
def tags_of_topic(topic: Any) -> str:
    return _tags(topic)


@fills("subject.tags")
def tags_of_subject(subject: Any) -> str:
    return _tags(subject)


def _tags(subject: Any) -> str:
    kind, key = subject_ref(subject)
    return piece("tagging/_tags.html", subject=subject, kind=kind, names=tag_names(kind, key))
