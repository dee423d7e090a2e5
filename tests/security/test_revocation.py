"""What was taken from somebody is gone at their next request, and from what was on its way."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from community import clock
from community.audiences import Level, set_grant
from community.config import settings
from community.credentials.models import SignIn
from community.database import session, write_transaction
from community.forum.care import hide_topic, move_topic
from community.groups.actions import take_out
from community.groups.models import Group
from community.members.administration import change_roles, suspend
from community.members.models import Member
from community.notifications.models import Notice
from community.notifications.queries import unseen_count
from community.organizations.models import Organization
from community.search import indexing
from community.spaces.models import Space
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.viewer import viewer_of
from community.watching.actions import watch
from community.watching.models import WatchLevel
from community.worker import run_jobs
from tests.conftest import sign_in
from tests.security.rooms import furnish

WORD = "cnryrevoked"
FOUND = f"<mark>{WORD}</mark>"


@pytest.fixture
def world(sqlite_app, cast):
    """Ben reads, watches and was told of a topic of his organization; a mail to him waits."""
    indexing.rebuild_index()
    things = furnish(cast, "closed", closed=True)
    with write_transaction():
        group = session.get_one(Group, things.group.id)
        set_grant(things.forum.audience, Level.CREATE, group=group)
    watch(things.topic, WatchLevel.WATCHING, by=cast.viewer("ben"))
    write_post(things.topic.thread, prepare(f"{WORD} @ben"), by=cast.viewer("ada"))
    run_jobs()
    return things


def revoke_grant(cast, things):
    with write_transaction():
        audience = session.get_one(Space, things.forum.id).audience
        for group_id in (_organization(cast).group_id, things.group.id):
            set_grant(audience, Level.NONE, group=session.get_one(Group, group_id))


def leave_group(cast, things):
    with write_transaction():
        audience = session.get_one(Space, things.forum.id).audience
        group = session.get_one(Group, _organization(cast).group_id)
        set_grant(audience, Level.NONE, group=group)
    take_out(things.group, cast.ben, by=cast.viewer("ada"))


def change_organization(cast, things):
    leave_group(cast, things)
    with write_transaction():
        ben = session.get_one(Member, cast.ben.id)
        ben.organization_id = cast.cleo.organization_id


def move_away(cast, things):
    floor = session.query(Space).filter_by(slug="floor").one()
    move_topic(things.topic, floor, by=cast.viewer("al"))


def hide(cast, things):
    hide_topic(things.topic, by=cast.viewer("al"))


def suspend_reader(cast, _things):
    suspend(cast.ben, by=cast.viewer("al"), reason="A test.")


def end_sign_in(cast, _things):
    with write_transaction():
        session.execute(delete(SignIn).where(SignIn.member_id == cast.ben.id))


def _organization(cast) -> Organization:
    return session.get_one(Organization, cast.ada.organization_id)


HAPPENINGS = [revoke_grant, leave_group, change_organization, move_away, hide, suspend_reader]


def places(things) -> list[str]:
    return [
        f"/t/{things.topic.public_id}/{things.topic.slug}",
        f"/posts/{things.post.public_id}",
        f"/files/{things.file.public_id}/{things.file.name}",
        f"/history/post/{things.post.public_id}",
        f"/flag/post/{things.post.public_id}",
    ]


@pytest.mark.parametrize("happening", [*HAPPENINGS, end_sign_in])
def test_nothing_is_left_at_the_next_request(cast, client, world, happening):
    browser = sign_in(client, cast.ben)
    assert all(browser.get(url).status_code in (200, 301, 302, 303) for url in places(world))
    assert FOUND in browser.get(f"/search?q={WORD}").text
    happening(cast, world)
    for url in places(world):
        answer = browser.get(url)
        gone = (302, 303) if answer.location and "/sign-in" in answer.location else (404,)
        assert answer.status_code in gone, url
    for url in ("/latest", "/unread", "/notifications", f"/search?q={world.topic.title}", "/drafts",
                "/tags", "/people/ada", "/search/suggest?q=closed"):  # fmt: skip
        answer = browser.get(url)
        assert WORD not in answer.text, url
        assert world.topic.public_id not in answer.text, url
    assert FOUND not in browser.get(f"/search?q={WORD}").text


@pytest.mark.parametrize("happening", HAPPENINGS[:5])
def test_the_badge_counts_nothing_that_cannot_be_read(cast, client, world, happening):
    told = select(func.count()).select_from(Notice).where(Notice.member_id == cast.ben.id)
    assert session.scalar(told) and unseen_count(cast.viewer("ben"))
    happening(cast, world)
    session.expire_all()
    assert unseen_count(viewer_of(session.get_one(Member, cast.ben.id))) == 0


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_the_mail_that_waits_is_not_sent(cast, world, happening):
    known = set(mails())
    happening(cast, world)
    with clock.at(clock.now() + timedelta(minutes=11)):
        run_jobs()
    assert not [text for text in set(mails()) - known if WORD in text]


def test_the_mail_that_waits_is_sent_where_nothing_happened(cast, world):
    known = set(mails())
    with clock.at(clock.now() + timedelta(minutes=11)):
        run_jobs()
    assert [text for text in set(mails()) - known if WORD in text]


def mails() -> list[str]:
    """What was sent to Ben."""
    found = Path(settings().data_dir, "mail").rglob("*.eml")
    texts = (path.read_text(errors="replace") for path in found)
    return [text for text in texts if "ben@example.org" in text]


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_nobody_is_told_of_what_comes_after(cast, world, happening):
    happening(cast, world)
    before = session.scalar(select(func.count()).where(Notice.member_id == cast.ben.id))
    thread = world.topic.thread
    if happening is not hide:
        by = cast.viewer("al")
        write_post(thread, prepare("More for @ben"), by=by)
    run_jobs()
    after = session.scalar(select(func.count()).where(Notice.member_id == cast.ben.id))
    assert before == after


def test_a_role_that_was_taken_opens_nothing(cast, client, world):
    change_roles(cast.max, frozenset({"moderator"}), by=cast.viewer("al"), reason="A test.")
    browser = sign_in(client, cast.max)
    assert browser.get(places(world)[0]).status_code == 200
    change_roles(cast.max, frozenset(), by=cast.viewer("al"), reason="A test.")
    assert browser.get(places(world)[0]).status_code == 404
    assert browser.get("/moderation").status_code == 404
