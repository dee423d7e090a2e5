"""Topics, replies, accepted answers and what people think of them."""

import re
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from community.database import session
from community.demo.chapters.people import ADMINISTRATOR
from community.demo.script import Draft, Said, Topic
from community.demo.stage import Stage
from community.forum.actions import start_topic
from community.forum.answers import accept_answer
from community.forum.care import pin_topic
from community.forum.models import Topic as TopicRow
from community.markup import quote
from community.reactions.actions import react
from community.reactions.models import ReactionKind
from community.tagging.actions import set_tags
from community.texts.drafts import save_draft
from community.texts.preparation import Prepared
from community.threads.actions import write_post
from community.threads.models import Post, Thread
from community.threads.quoting import quotes_for_readers_of

PINNED_FOR = timedelta(days=120)
_QUOTED = re.compile(r"^>(\d+) (.+)$", re.MULTILINE)


def play_forum(stage: Stage) -> None:
    for draft in stage.script.drafts:
        stage.at(draft.at, partial(_draft, stage, draft))
    for topic in stage.script.topics.values():
        stage.at(topic.opening.at, partial(_open, stage, topic))
        if topic.pinned:
            stage.at(stage.script.now - timedelta(days=1), partial(_pin, stage, topic))
        for number, post in enumerate(topic.posts, start=1):
            if number > 1:
                stage.at(post.at, partial(_reply, stage, topic, number))
            if post.accepted_at and post.accepted_at < stage.script.now:
                stage.at(post.accepted_at, partial(_accept, stage, topic, number))
            like_later(stage, post, f"{topic.key} {number}", ("post", topic.key, number))


def like_later(stage: Stage, said: Said, seed: str, made: tuple) -> None:
    """Each of those who like it does so when they come by, within a day and a half."""
    random = Random(seed)
    for key in said.likes:
        moment = said.at + timedelta(minutes=random.randint(10, 2_000))
        kind = random.choice(_kinds(said))
        stage.at(_in_time(moment, said.at, stage), partial(_like, stage, made, key, kind))


def _open(stage: Stage, story: Topic) -> None:
    by = stage.viewer(story.opening.by)
    text = stage.prepare(story.opening.text, language=story.language)
    topic = start_topic(stage.space(story.space), story.title, text, by=by)
    stage.made["topic", story.key] = topic.id
    set_tags(topic, story.tags, by=by)
    thread = session.get_one(Thread, topic.thread_id)
    first = select(Post.id).where(Post.thread_id == thread.id, Post.number == 1)
    stage.made["post", story.key, 1] = session.scalars(first).one()
    stage.made["thread", story.key] = thread.id
    moments = [post.at for post in story.posts]
    stage.show(thread, readers=stage.script.allowed(story.space, "see"), moments=moments)


def _reply(stage: Stage, story: Topic, number: int) -> None:
    said = story.posts[number - 1]
    topic = session.get_one(TopicRow, stage.made["topic", story.key])
    to = session.get_one(Post, stage.made["post", story.key, said.to]) if said.to else None
    post = write_post(
        topic.thread, _prepared(stage, story, said), by=stage.viewer(said.by), reply_to=to
    )
    stage.made["post", story.key, number] = post.id


def _accept(stage: Stage, story: Topic, number: int) -> None:
    topic = session.get_one(TopicRow, stage.made["topic", story.key])
    answer = session.get_one(Post, stage.made["post", story.key, number])
    accept_answer(topic, answer, by=stage.viewer(story.opening.by))


def _prepared(stage: Stage, story: Topic, said: Said) -> Prepared:
    """In the files, a line `>3 these words` quotes the third post."""

    def quotation(line: re.Match[str]) -> str:
        quoted = session.get_one(Post, stage.made["post", story.key, int(line[1])])
        return quote(line[2], post=quoted.public_id).rstrip()

    source = _QUOTED.sub(quotation, said.text)
    quotes = quotes_for_readers_of(stage.space(story.space).audience_id)
    return stage.prepare(source, language=story.language, quotes=quotes)


def _pin(stage: Stage, story: Topic) -> None:
    topic = session.get_one(TopicRow, stage.made["topic", story.key])
    pin_topic(topic, until=stage.script.now + PINNED_FOR, by=stage.viewer(ADMINISTRATOR))


def _draft(stage: Stage, story: Draft) -> None:
    if story.topic:
        topic = session.get_one(TopicRow, stage.made["topic", story.topic])
        place, fields = f"reply:{topic.thread.public_id}", {"text": story.text}
    else:
        place, fields = f"topic:{story.space}", {"title": story.title, "text": story.text}
    save_draft(place, fields, by=stage.viewer(story.by))


def _like(stage: Stage, made: tuple, key: str, kind: ReactionKind) -> None:
    react(session.get_one(Post, stage.made[made]), kind, by=stage.viewer(key))


def _kinds(said: Said) -> tuple[ReactionKind, ...]:
    if said.accepted_at:
        return ReactionKind.THANK, ReactionKind.THANK, ReactionKind.CHEER
    return ReactionKind.AGREE, ReactionKind.THANK, ReactionKind.CHEER


def _in_time(moment: datetime, after: datetime, stage: Stage) -> datetime:
    return moment if moment < stage.script.now else after + (stage.script.now - after) / 2
