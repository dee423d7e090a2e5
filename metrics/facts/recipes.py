"""Which events become facts, and which of their fields hold what.

Events are named, not imported: the rooms they come from may be absent.
"""

from dataclasses import dataclass

from community.events import Event
from metrics.facts.models import Kind, Verb


@dataclass(frozen=True)
class Recipe:
    """`object_field` holds the id of the thing; `kind` None: it is a subject named by the event.

    `unless`: values of a field that make the event no fact, such as a watch that is taken away;
    `only`: the values that alone make it one. `undoes`: the verb of the fact it takes back.
    """

    verb: Verb
    kind: Kind | None
    object_field: str
    unless: tuple[str, frozenset[str]] = ("", frozenset())
    only: tuple[str, frozenset[str]] | None = None
    undoes: Verb | None = None


POST = (Kind.POST, "post_id")
TOPIC = (Kind.TOPIC, "topic_id")
IDEA = (Kind.IDEA, "idea_id")
ARTICLE = (Kind.ARTICLE, "article_id")
PAGE = (Kind.PAGE, "page_id")
SUBJECT = (None, "subject_id")
NOT_WATCHED = ("level", frozenset({"muted", "normal"}))
TAKEN_UP = ("to_status", frozenset({"planned", "shipped"}))

RECIPES: dict[str, Recipe] = {
    "AnswerAccepted": Recipe(Verb.ACCEPTANCE, *POST),
    "AnswerUnaccepted": Recipe(Verb.UNDONE, *POST, undoes=Verb.ACCEPTANCE),
    "ArticleDeleted": Recipe(Verb.WITHDRAWN, *ARTICLE),
    "ArticleHidden": Recipe(Verb.WITHDRAWN, *ARTICLE),
    "ArticlePublished": Recipe(Verb.ARTICLE, *ARTICLE),
    "ArticleRepublished": Recipe(Verb.RESTORED, *ARTICLE),
    "ArticleRestored": Recipe(Verb.RESTORED, *ARTICLE),
    "ArticleRevised": Recipe(Verb.REVISION, *ARTICLE),
    "ArticleUnpublished": Recipe(Verb.WITHDRAWN, *ARTICLE),
    "IdeaEdited": Recipe(Verb.REVISION, *IDEA),
    "IdeaOpened": Recipe(Verb.READ, *IDEA),
    "IdeaProposed": Recipe(Verb.IDEA, *IDEA),
    "IdeaRemoved": Recipe(Verb.WITHDRAWN, *IDEA),
    "IdeaRestored": Recipe(Verb.RESTORED, *IDEA),
    "IdeaStatusChanged": Recipe(Verb.OUTCOME, *IDEA, only=TAKEN_UP),
    "IdeaStatusChangeUndone": Recipe(Verb.UNDONE, *IDEA, only=TAKEN_UP, undoes=Verb.OUTCOME),
    "IdeaVoted": Recipe(Verb.VOTE, *IDEA),
    "IdeaWithdrawn": Recipe(Verb.WITHDRAWN, *IDEA),
    "PageCreated": Recipe(Verb.PAGE, *PAGE),
    "PageDeleted": Recipe(Verb.WITHDRAWN, *PAGE),
    "PageHidden": Recipe(Verb.WITHDRAWN, *PAGE),
    "PageRestored": Recipe(Verb.RESTORED, *PAGE),
    "PageRevised": Recipe(Verb.REVISION, *PAGE),
    "PostDeleted": Recipe(Verb.WITHDRAWN, *POST),
    "PostEdited": Recipe(Verb.REVISION, *POST),
    "PostHidden": Recipe(Verb.WITHDRAWN, *POST),
    "PostRead": Recipe(Verb.READ, *SUBJECT),
    "PostRestored": Recipe(Verb.RESTORED, *POST),
    "PostWritten": Recipe(Verb.POST, *POST),
    "ReactionGiven": Recipe(Verb.REACTION, *SUBJECT),
    "ReactionWithdrawn": Recipe(Verb.UNDONE, *SUBJECT, undoes=Verb.REACTION),
    "SearchResultOpened": Recipe(Verb.SEARCH_CLICK, *SUBJECT),
    "SubjectHidden": Recipe(Verb.WITHDRAWN, *SUBJECT),
    "SubjectRestored": Recipe(Verb.RESTORED, *SUBJECT),
    "TagsChanged": Recipe(Verb.TAGGING, *SUBJECT),
    "TopicDeleted": Recipe(Verb.WITHDRAWN, *TOPIC),
    "TopicHidden": Recipe(Verb.WITHDRAWN, *TOPIC),
    "TopicLocked": Recipe(Verb.CLOSED, *TOPIC),
    "TopicMoved": Recipe(Verb.MOVED, *TOPIC),
    "TopicRestored": Recipe(Verb.RESTORED, *TOPIC),
    "TopicRetitled": Recipe(Verb.REVISION, *TOPIC),
    "TopicStarted": Recipe(Verb.OPENED, *TOPIC),
    "TopicUnlocked": Recipe(Verb.REOPENED, *TOPIC),
    "VoteWithdrawn": Recipe(Verb.UNDONE, *IDEA, undoes=Verb.VOTE),
    "WatchChanged": Recipe(Verb.WATCH, *SUBJECT, unless=NOT_WATCHED),
}

# What is done to other things, such as a space that is watched, has no kind here. What is
# written or read elsewhere, that is in private conversations, is no fact at all.
SUBJECT_KINDS = {
    "post": Kind.POST,
    "topic": Kind.TOPIC,
    "idea": Kind.IDEA,
    "article": Kind.ARTICLE,
    "page": Kind.PAGE,
    "release": Kind.RELEASE,
}


def known_recipes() -> dict[type[Event], Recipe]:
    """The recipes of the events that this installation has."""
    return {Event.kinds[name]: recipe for name, recipe in RECIPES.items() if name in Event.kinds}
