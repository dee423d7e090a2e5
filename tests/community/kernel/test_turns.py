"""Two who change the same things on PostgreSQL take turns; neither is told to come again."""

import pytest
from sqlalchemy import Connection, event, select, update

from community.database import db, session
from community.forum.actions import start_topic
from community.reactions.actions import react
from community.reactions.models import ReactionKind
from community.spaces.models import Space
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.threads.models import Post, Thread
from tests.community.kernel.overtaking import overtaking


@pytest.mark.parametrize("database", ["postgresql"])
def test_one_who_thanks_lets_one_who_replies_go_first(app, cast):
    plaza = find_space("plaza", cast.viewer("ada"))
    start_topic(plaza, "Hello", prepare("Good morning."), by=cast.viewer("ada"))
    post = session.scalars(select(Post)).one()
    post_id, thread_id, space_id, ben = post.id, post.thread_id, plaza.id, cast.viewer("ben")

    def thank() -> None:
        react(session.get_one(Post, post_id), ReactionKind.THANK, by=ben)

    def finish_the_reply(first: Connection) -> None:
        first.execute(update(Space).where(Space.id == space_id).values(version=Space.version + 1))

    faults: list[object] = []
    note = faults.append
    event.listen(db.engine, "handle_error", note)
    with overtaking(app, thank, then=finish_the_reply) as first:
        counted = update(Thread).where(Thread.id == thread_id)
        first.execute(counted.values(version=Thread.version + 1))
    event.remove(db.engine, "handle_error", note)
    assert faults == []
    assert session.scalars(select(Post.reaction_count)).one() == 1
