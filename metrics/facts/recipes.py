"""Which events become facts, and which of their fields hold what.

Events are named, not imported: the rooms they come from may be absent.
"""

from dataclasses import dataclass

from community.events import Event
from metrics.facts.models import Kind, Verb


@dataclass(frozen=True)
class Recipe:
    """`object_field` holds the id of the thing; `kind` None: it is a subject named by the event.

    `unless`: values of a field that make the event no fact, such as a watch that is taken away.
    """

    verb: Verb
    kind: Kind | None
    object_field: str
    unless: tuple[str, frozenset[str]] = ("", frozenset())


POST = (Kind.POST, "post_id")
TOPIC = (Kind.TOPIC, "topic_id")
IDEA = (Kind.IDEA, "idea_id")
SUBJECT = (None, "subject_id")
NOT_WATCHED = ("level", frozenset({"muted", "normal"}))

RECIPES: dict[str, Recipe] = {
    "TopicStarted": Recipe(Verb.OPENED, *TOPIC),
    "PostWritten": Recipe(Verb.POST, *POST),
    "PostEdited": Recipe(Verb.REVISION, *POST),
    "PostDeleted": Recipe(Verb.WITHDRAWN, *POST),
    "PostHidden": Recipe(Verb.WITHDRAWN, *POST),
    "PostRestored": Recipe(Verb.RESTORED, *POST),
    "PostRead": Recipe(Verb.READ, *SUBJECT),
    "SearchResultOpened": Recipe(Verb.SEARCH_CLICK, *SUBJECT),
    "ReactionGiven": Recipe(Verb.REACTION, *SUBJECT),
    "WatchChanged": Recipe(Verb.WATCH, *SUBJECT, unless=NOT_WATCHED),
    "AnswerAccepted": Recipe(Verb.ACCEPTANCE, *POST),
    "IdeaProposed": Recipe(Verb.IDEA, *IDEA),
    "IdeaEdited": Recipe(Verb.REVISION, *IDEA),
    "IdeaWithdrawn": Recipe(Verb.WITHDRAWN, *IDEA),
    "IdeaRemoved": Recipe(Verb.WITHDRAWN, *IDEA),
    "IdeaRestored": Recipe(Verb.RESTORED, *IDEA),
    "IdeaOpened": Recipe(Verb.READ, *IDEA),
    "IdeaVoted": Recipe(Verb.VOTE, *IDEA),
}

# What is done to other things, such as a space that is watched, has no kind here. What is
# written or read elsewhere, that is in private conversations, is no fact at all.
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
