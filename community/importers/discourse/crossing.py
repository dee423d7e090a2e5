"""Quotations of posts in other topics, which lead there once all topics are here."""

import re
from collections.abc import Iterator

from sqlalchemy import select, update

from community.database import session, write_transaction
from community.forum.models import Topic
from community.importers.discourse.dump import Dump
from community.importers.discourse.people import People
from community.importers.discourse.planning import Here, posts_of, setting_for
from community.importers.discourse.rows import PostRow, TopicRow
from community.importers.discourse.texts import source_of, text_of
from community.markup.process import renderer
from community.texts.models import Revision, Text
from community.texts.preparation import Prepared
from community.threads.models import Post

_TOPIC = re.compile(r"\[quote=[^\]\n]{0,300}\btopic:\s?([0-9]{1,9})\b")

Posts = dict[tuple[int, int], Here]


def import_crossings(dump: Dump, people: People, topics: Iterator[TopicRow]) -> None:
    """Only a text that still is as it was imported is changed."""
    for topic in topics:
        for post in topic.posts:
            elsewhere = {int(found) for found in _TOPIC.findall(post.text)} - {topic.id}
            if elsewhere and not post.cooked:
                dump.report.read["quotes"] += 1
                _lead_back(dump, people, topic, post, elsewhere)


def _lead_back(
    dump: Dump, people: People, topic: TopicRow, post: PostRow, elsewhere: set[int]
) -> None:
    posts = _posts_in(dump, {topic.id, *elsewhere})
    own = {key: here for key, here in posts.items() if key[0] == topic.id}
    setting = setting_for(dump, people, topic.id, posts)
    before = source_of(post, setting_for(dump, people, topic.id, own))
    after = source_of(post, setting)
    text = _text_of(dump, post)
    if before == after:
        why = f"what it quotes of topic {', '.join(map(str, sorted(elsewhere)))} is not here"
        dump.report.refuse("quotes", str(post.id), why)
    elif text is None or text.source != before:
        dump.report.known["quotes"] += 1
    else:
        _replace(text, text_of(post, setting, renderer))
        dump.report.written["quotes"] += 1


def _replace(text: Text, prepared: Prepared) -> None:
    """In the one revision that it has, too."""
    with write_transaction():
        text.source, text.html = prepared.source, prepared.rendered.html
        text.plain = prepared.rendered.plain
        session.execute(
            update(Revision).where(Revision.text_id == text.id).values(source=prepared.source)
        )


def _posts_in(dump: Dump, topics: set[int]) -> Posts:
    known = dump.origins.among("topic", map(str, topics))
    return {
        (int(external), number): here
        for external, key in known.items()
        for number, here in posts_of(session.get(Topic, key)).items()
    }


def _text_of(dump: Dump, post: PostRow) -> Text | None:
    known = dump.origins.among("post", [str(post.id)])
    found = select(Text).join(Post, Post.text_id == Text.id).where(Post.id.in_(known.values()))
    return session.scalar(found)
