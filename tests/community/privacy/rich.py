"""A member who has left traces everywhere."""

import io

from PIL import Image
from sqlalchemy import select

from community.audit import record
from community.credentials.models import EmailAddress
from community.database import session, write_transaction
from community.forum.actions import start_topic
from community.mail import send
from community.markup import quote
from community.members.models import Profile
from community.search.models import Miss
from community.spaces.models import Space
from community.texts.models import Draft
from community.texts.preparation import prepare
from community.threads.actions import edit_post, write_post
from community.threads.models import Post
from community.threads.quoting import quotes_for_readers_of
from community.worker import run_jobs
from tests.conftest import sign_in

NAME, USERNAME, ADDRESS = "Wilhelmine Zauber", "wzauber77", "w.zauber@somewhere.example"
VALUES = (NAME, USERNAME, ADDRESS, "wilhelmine-zauber", "Zauberin from Turin", "Kuckucksheim")


def become_rich(cast, app):
    """Give Ada a telling name, and let her and others leave traces of it in every room."""
    _rename(cast.ada)
    client = sign_in(app.test_client(), cast.ben)
    ada = app.test_client()
    ada.post("/sign-in", data={"address": ADDRESS, "password": "correct horse battery"})
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(file, "PNG")
    file.seek(0)
    ada.post("/settings/picture", data={"picture": (file, f"{NAME}.png")})
    about = {"headline": VALUES[4], "location": VALUES[5], "about": f"I am {NAME}, {ADDRESS}."}
    ada.post("/settings/profile", data={"name": NAME, **about})
    ada.post("/settings/tokens", data={"name": f"for {NAME}", "scopes": "read", "days": "30"})
    _write(cast)
    _leave_traces(cast)
    client.get(f"/search?q={USERNAME}+gone+missing")
    run_jobs()


def _rename(member):
    with write_transaction():
        profile = session.get_one(Profile, member.id)
        profile.name, profile.username, profile.username_folded = NAME, USERNAME, USERNAME
        profile.username_skeleton = USERNAME
        address = session.scalars(
            select(EmailAddress).where(EmailAddress.member_id == member.id)
        ).one()
        address.address = address.folded = ADDRESS


def _write(cast):
    space = session.scalars(select(Space).where(Space.slug == "plaza")).one()
    ada, ben = cast.viewer("ada"), cast.viewer("ben")
    hers = start_topic(space, "How I import", prepare(f"Regards, {NAME} <{ADDRESS}>"), by=ada)
    opening = session.scalars(select(Post).where(Post.thread_id == hers.thread_id)).one()
    source = (
        f"{quote('Regards', post=opening.public_id)}\nThanks @{USERNAME}, see /people/{USERNAME}."
    )
    reply = prepare(source, quotes=quotes_for_readers_of(hers.audience_id))
    write_post(hers.thread, reply, by=ben, reply_to=opening)
    his = start_topic(space, f"A question for {NAME}", prepare(f"@{USERNAME}: how?"), by=ben)
    answer = session.scalars(select(Post).where(Post.thread_id == his.thread_id)).one()
    edit_post(answer, prepare(f"Dear {NAME}, how? {ADDRESS}"), by=ben, base=1, summary=f"to {NAME}")


def _leave_traces(cast):
    with write_transaction():
        session.add(Draft(member_id=cast.ben.id, place="x", fields={"text": f"Hello @{USERNAME}"}))
        session.add(Miss(words=f"where is {USERNAME}", times=1))
        record(cast.viewer("al"), "member.noted", ("member", cast.ada.id), after={"name": NAME})
        record(cast.viewer("al"), "topic.noted", ("topic", 1), reason=f"asked by {NAME}")
        send(to=ADDRESS, name=NAME, key="a", subject=f"For {NAME}", text="Hello")
        send(to="ben@example.org", key="b", subject="News", text=f"{NAME} replied to you")
