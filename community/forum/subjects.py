"""The forum's kinds of subject."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from community.database import session
from community.forum.models import Topic
from community.subjects import register_subject, subject_at, subject_url
from community.threads.models import Post


def topic_url(topic: Topic) -> str:
    return url_for("forum.show_topic", public_id=topic.public_id, slug=topic.slug)


def post_url(post: Post) -> str:
    owner = subject_at(post.thread.subject_kind, post.thread.subject_id)
    return f"{subject_url(owner)}?post={post.number}#p{post.number}"


def post_title(post: Post) -> str:
    owner = subject_at(post.thread.subject_kind, post.thread.subject_id)
    return owner.title if owner else ""


def opening_text_id(topic: Topic) -> int | None:
    return session.scalar(
        select(Post.text_id).where(Post.thread_id == topic.thread_id, Post.number == 1)
    )


register_subject(
    "topic",
    Topic,
    url=topic_url,
    title=lambda topic: topic.title,
    label=lambda: _("topic"),
    text_id=opening_text_id,
)
register_subject("post", Post, url=post_url, title=post_title, label=lambda: _("post"))
