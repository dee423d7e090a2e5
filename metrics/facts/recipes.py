"""Which events become facts, and which of their fields hold what.

Events are named, not imported: the rooms they come from may be absent.
"""

from dataclasses import dataclass

from community.events import Event
from metrics.facts.models import Kind, Verb


@dataclass(frozen=True)
class Recipe:
    """`object_field` holds the id of the thing; `kind` None: it is a subject named by the event."""

    verb: Verb
    kind: Kind | None = Kind.NONE
    object_field: str = ""


POST = (Kind.POST, "post_id")
TOPIC = (Kind.TOPIC, "topic_id")
SUBJECT = (None, "subject_id")

RECIPES: dict[str, Recipe] = {
    "TopicStarted": Recipe(Verb.OPENED, *TOPIC),
    "PostWritten": Recipe(Verb.POST, *POST),
    "PostEdited": Recipe(Verb.REVISION, *POST),
    "PostDeleted": Recipe(Verb.WITHDRAWN, *POST),
    "PostHidden": Recipe(Verb.WITHDRAWN, *POST),
    "PostRestored": Recipe(Verb.RESTORED, *POST),
    "PostRead": Recipe(Verb.READ, *SUBJECT),
}

SUBJECT_KINDS = {
    "post": Kind.POST,
    "topic": Kind.TOPIC,
    "idea": Kind.IDEA,
    "article": Kind.ARTICLE,
    "page": Kind.PAGE,
}


def known_recipes() -> dict[type[Event], Recipe]:
    """The recipes of the events that this installation has."""
    return {Event.kinds[name]: recipe for name, recipe in RECIPES.items() if name in Event.kinds}
