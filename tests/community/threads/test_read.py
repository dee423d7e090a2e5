"""Read state: what a page leaves behind once the buffer is flushed."""

from sqlalchemy import select

from community import buffers
from community.database import session
from community.events import EventRow
from community.threads.models import ReadState, Thread
from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in


def page_of(topic, post=None):
    return f"/t/{topic.public_id}/{topic.slug}" + (f"?post={post}" if post else "")


def mark(member, topic):
    session.rollback()
    return session.scalar(
        select(ReadState.number).where(
            ReadState.member_id == member.id, ReadState.thread_id == topic.thread_id
        )
    )


def readings():
    session.rollback()
    return session.scalars(select(EventRow).where(EventRow.name == "PostRead")).all()


def test_opening_a_page_marks_what_it_shows(app, cast):
    topic = ask(cast)
    for _number in range(30):
        answer(cast, topic)
    ada = sign_in(app.test_client(), cast.cleo)
    ada.get(page_of(topic))
    buffers.flush()
    assert mark(cast.cleo, topic) == 20
    ada.get(page_of(topic, 25))
    ada.get(page_of(topic))
    buffers.flush()
    assert mark(cast.cleo, topic) == 31
    assert [event.payload["up_to"] for event in readings()] == [20, 31, 20]
    assert {event.actor_id for event in readings()} == {cast.cleo.id}


def test_a_visitor_is_counted_and_nothing_else(app, cast):
    topic = ask(cast)
    browser = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"}
    app.test_client().get(page_of(topic), headers=browser)
    buffers.flush()
    session.rollback()
    assert session.get(Thread, topic.thread_id).view_count == 1
    assert readings() == []


def test_looking_ahead_robots_and_head_are_no_readings(client, cast):
    topic = ask(cast)
    for agent in ("Googlebot/2.1 (+http://x)", ""):
        client.get(page_of(topic), headers={"User-Agent": agent})
    sign_in(client, cast.ben)
    client.get(page_of(topic), headers={"Sec-Purpose": "prefetch;prerender"})
    client.head(page_of(topic))
    buffers.flush()
    assert mark(cast.ben, topic) is None
    assert session.get(Thread, topic.thread_id).view_count == 0


def test_readings_of_many_members_are_one_insert_with_their_segments(app, cast):
    topic = ask(cast)
    for name in ("ben", "cleo", "eve"):
        sign_in(app.test_client(), getattr(cast, name)).get(page_of(topic))
    buffers.flush()
    assert sorted(event.segment for event in readings()) == ["customer", "customer", "employee"]
    assert session.get(Thread, topic.thread_id).view_count == 3


def test_time_in_sight_is_kept_apart_from_readings(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ben)
    sent = client.post(
        f"/beacon/reading?thread={topic.thread.public_id}", data={"milliseconds": "95000"}
    )
    assert sent.status_code == 204
    buffers.flush()
    seen = session.scalars(select(EventRow).where(EventRow.name == "ThreadLookedAt")).one()
    assert seen.payload["visible_seconds"] == 95
    assert readings() == []


def test_the_beacon_tells_nothing_of_what_one_may_not_see(client, cast):
    topic = ask(cast, "eve", space="floor")
    sign_in(client, cast.ada)
    form = {"milliseconds": "5000"}
    hidden = client.post(f"/beacon/reading?thread={topic.thread.public_id}", data=form)
    absent = client.post("/beacon/reading?thread=aaaaaaaa", data=form)
    assert hidden.status_code == absent.status_code == 404
    assert hidden.data == absent.data


def test_ones_own_reply_is_not_new_to_oneself(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ben)
    client.get(page_of(topic))
    buffers.flush()
    client.post(f"/threads/{topic.thread.public_id}/posts", data={"text": "Mine."})
    assert mark(cast.ben, topic) == 2


def test_the_page_leads_to_the_first_unread_post(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ben)
    client.get(page_of(topic))
    buffers.flush()
    answer(cast, topic, "cleo")
    page = client.get(page_of(topic)).text
    assert "First unread" in page
    assert page.index('id="unread"') < page.index('id="p2"')
