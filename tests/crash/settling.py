"""People who are signed in, and what they will write under: prepared in the test's own process."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from community.credentials.models import SignIn
from community.credentials.sessions import hashed
from community.database import session, write_transaction
from community.forum.actions import start_topic
from community.forum.models import Topic
from community.members.models import Member, Segment
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.threads.models import Post
from tests.ideas.proposals import propose
from tests.world import join, settle

MEMBERS, TOPICS, IDEAS = 60, 6, 8


@dataclass(frozen=True)
class Person:
    """A member with the cookie and the form token their browser would have."""

    member_id: int
    cookie: str
    csrf_token: str

    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}

    def form(self, **fields: str) -> str:
        return urlencode({"csrf_token": self.csrf_token, **fields})


@dataclass(frozen=True)
class Places:
    """Public ids of threads, posts and ideas."""

    threads: list[str]
    posts: list[str]
    ideas: list[str]


def settle_writers(app: Flask, *, members: int = MEMBERS) -> tuple[list[Person], Places]:
    with app.app_context():
        cast = settle()
        plaza, text = find_space("plaza", cast.viewer("ada")), prepare("What do you think?")
        for number in range(TOPICS):
            start_topic(plaza, f"Topic {number}", text, by=cast.viewer("ada"))
        ideas = [propose(cast, f"Idea {number}").public_id for number in range(IDEAS)]
        with write_transaction():
            joined = [join(f"writer{number}", Segment.CUSTOMER) for number in range(members)]
            people = [sign_in(app, member) for member in joined]
        topics = session.scalars(select(Topic)).all()
        threads = [topic.thread.public_id for topic in topics]
        posts = list(session.scalars(select(Post.public_id)))
        session.remove()
    return people, Places(threads, posts, ideas)


def sign_in(app: Flask, member: Member) -> Person:
    """A row as the sign-in form writes it, and the cookie that goes with it."""
    token, known = secrets.token_urlsafe(32), secrets.token_hex(20)
    session.add(SignIn(token_hash=hashed(token), member_id=member.id))
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = serializer.dumps({"_user_id": token, "_fresh": True, "csrf_token": known})
    form = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")  # type: ignore[arg-type]
    return Person(member.id, f"{app.config['SESSION_COOKIE_NAME']}={value}", form.dumps(known))
