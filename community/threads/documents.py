"""Posts as they are found: under the title of what they belong to."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.database import session
from community.search.documents import Document, Key
from community.search.sources import indexed
from community.search.subscriptions import reindexed_by
from community.spaces.models import Space
from community.subjects import subject_title, subjects_at
from community.texts.models import Text
from community.threads.events import (
    PostDeleted,
    PostEdited,
    PostHidden,
    PostRestored,
    PostWritten,
)
from community.threads.models import Post, Thread


@indexed("post", Post)
def posts(ids: list[int]) -> Iterable[Document]:
    """The opening post of a topic is no document of its own: the topic's holds its text."""
    found = session.scalars(
        select(Post)
        .where(Post.id.in_(ids))
        .options(
            joinedload(Post.thread),
            joinedload(Post.author),
            joinedload(Post.text).load_only(Text.plain, Text.language),
        )
    ).all()
    owners = subjects_at((post.thread.subject_kind, post.thread.subject_id) for post in found)
    slugs = space_slugs(post.space_id for post in found)
    for post in found:
        thread = post.thread
        owner = owners.get((thread.subject_kind, thread.subject_id))
        if owner and not is_opening(post):
            yield Document(
                kind="post",
                id=post.id,
                public_id=post.public_id,
                title=subject_title(owner),
                body=post.text.plain,
                author=post.author.username or "",
                audience_id=post.audience_id,
                created_at=post.created_at,
                state=post.state if thread.is_published else thread.state,
                space=slugs.get(post.space_id, ""),
                language=post.text.language,
                popularity=post.reaction_count + post.tally,
                has_own_title=False,
                group=f"{thread.subject_kind}:{owner.public_id}",
            )


def is_opening(post: Post) -> bool:
    return post.number == 1 and post.thread.subject_kind == "topic"


def space_slugs(ids: Iterable[int | None]) -> dict[int | None, str]:
    wanted = {one for one in ids if one}
    rows = session.execute(select(Space.id, Space.slug).where(Space.id.in_(wanted)))
    return {row.id: row.slug for row in rows}


def posts_of(kind: str, subject_id: int) -> list[Key]:
    """All posts under a subject, for when its title, state or audience changed."""
    theirs = Thread.subject_kind == kind, Thread.subject_id == subject_id
    threads = select(Thread.id).where(*theirs)
    return [
        ("post", row) for row in session.scalars(select(Post.id).where(Post.thread_id.in_(threads)))
    ]


def post_and_owner(event: PostEdited | PostDeleted | PostRestored | PostHidden) -> list[Key]:
    """The post; where it opens a topic, the topic."""
    post = session.get(Post, event.post_id)
    if post and is_opening(post):
        return [("topic", post.thread.subject_id)]
    return [("post", event.post_id)]


SUBSCRIPTIONS = reindexed_by(
    {
        PostWritten: lambda event: [] if event.opening else [("post", event.post_id)],
        PostEdited: post_and_owner,
        PostDeleted: post_and_owner,
        PostHidden: post_and_owner,
        PostRestored: post_and_owner,
    }
)
