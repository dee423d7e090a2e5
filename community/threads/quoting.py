"""Quoted posts: a new text names only those that all its readers may see."""

from collections.abc import Callable, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from community.database import session
from community.markup import QuotedPost
from community.policy import visible
from community.subjects import State
from community.texts.previews import resolves_quotes
from community.threads.models import Post, Thread
from community.viewer import visitor

Resolver = Callable[[frozenset[str]], Mapping[str, QuotedPost]]


@resolves_quotes
def quotes_for_readers_of(audience_id: int) -> Resolver:
    """Posts that every reader of the audience can read: those in it, and those open to all."""

    def resolve(public_ids: frozenset[str]) -> Mapping[str, QuotedPost]:
        found = session.scalars(
            select(Post)
            .join(Post.thread)
            .where(
                Post.public_id.in_(public_ids),
                Post.state == State.PUBLISHED,
                Thread.state == State.PUBLISHED,
                or_(Post.audience_id == audience_id, visible(Post, visitor())),
            )
            .options(joinedload(Post.author))
        )
        return {
            post.public_id: QuotedPost(f"/posts/{post.public_id}", post.author.name)
            for post in found
        }

    return resolve
