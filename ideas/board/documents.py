"""Ideas as they are found: by title and text, with their status."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.database import session
from community.search.documents import Document, document_of
from community.search.sources import indexed
from community.search.subscriptions import reindexed_by
from community.texts.models import Text
from ideas.board.events import (
    IdeaEdited,
    IdeaProposed,
    IdeaRemoved,
    IdeaRestored,
    IdeaWithdrawn,
)
from ideas.board.models import SUBJECT, Idea
from ideas.review.events import IdeaStatusChanged, IdeaStatusChangeUndone


@indexed(SUBJECT, Idea)
def ideas(ids: list[int]) -> Iterable[Document]:
    found = session.scalars(
        select(Idea)
        .where(Idea.id.in_(ids))
        .options(
            joinedload(Idea.author),
            joinedload(Idea.space),
            joinedload(Idea.text).load_only(Text.plain, Text.language),
        )
    )
    for idea in found:
        yield document_of(
            SUBJECT,
            idea,
            body=idea.text.plain,
            language=idea.text.language,
            status=idea.status,
            popularity=idea.vote_count,
        )


SUBSCRIPTIONS = reindexed_by(
    dict.fromkeys(
        (
            IdeaProposed,
            IdeaEdited,
            IdeaWithdrawn,
            IdeaRemoved,
            IdeaRestored,
            IdeaStatusChanged,
            IdeaStatusChangeUndone,
        ),
        lambda event: [(SUBJECT, event.idea_id)],
    )
)
