"""Answering, through the form and through the action."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from community.database import session
from community.errors import Forbidden, NotFound
from community.events import EventRow
from community.spaces.models import Space
from community.texts.models import Draft, Mention
from community.threads.models import Post
from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in
from tests.sql import PER_PAGE, statements_of


def posts_url(topic):
    return f"/threads/{topic.thread.public_id}/posts"


def test_a_reply_stands_on_the_page_and_leads_to_itself(app, client, cast):
    topic = ask(cast)
    sign_in(client, cast.ben)
    sent = client.post(posts_url(topic), data={"text": "Cut it into **pieces**."})
    assert sent.status_code == 303
    page = client.get(sent.location)
    assert "<strong>pieces</strong>" in page.text
    assert sent.location.endswith("?post=2#p2")


def test_a_reply_names_the_post_it_answers(client, cast):
    topic = ask(cast)
    first = answer(cast, topic, "ben")
    sign_in(client, cast.ada)
    client.post(posts_url(topic), data={"text": "Thanks!", "reply_to": first.public_id})
    page = client.get(f"/t/{topic.public_id}/{topic.slug}")
    assert "in reply to" in page.text
    written = session.scalars(select(EventRow).where(EventRow.name == "PostWritten")).all()[-1]
    assert written.payload["to_post_id"] == first.id


def test_a_form_sent_twice_makes_one_post(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ben)
    form = {"text": "Once.", "submission": "a-token"}
    first, second = (
        client.post(posts_url(topic), data=form),
        client.post(posts_url(topic), data=form),
    )
    assert first.location == second.location
    assert session.scalar(select(func.count()).select_from(Post)) == 2


def test_extra_fields_change_nothing(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ben)
    client.post(
        posts_url(topic),
        data={"text": "Mine.", "author_id": cast.al.id, "number": 99, "state": "hidden", "id": 1},
    )
    post = session.scalars(select(Post).order_by(Post.id.desc())).first()
    assert (post.author_id, post.number, post.state) == (cast.ben.id, 2, "published")


@pytest.mark.parametrize(
    ("text", "status", "message"),
    [
        ("\u200b \n", 422, "The text is empty."),
        ("x" * 100_001, 422, "100,001 characters; at most 100,000"),
        ("before\0after", 400, "cannot be stored (position 6)"),
    ],
)
def test_a_text_that_cannot_be_taken_is_given_back(client, cast, text, status, message):
    topic = ask(cast)
    sign_in(client, cast.ben)
    sent = client.post(posts_url(topic), data={"text": text})
    assert sent.status_code == status
    assert message in sent.text
    if "x" in text:
        assert "x" * 100_001 in sent.text
    assert topic.thread.post_count == 1


def test_a_visitor_is_asked_to_sign_in_and_gets_the_text_back(client, cast):
    topic = ask(cast)
    sent = client.post(posts_url(topic), data={"text": "Half an hour of work."})
    assert sent.status_code == 401
    assert "Half an hour of work." in sent.text


def test_a_form_that_was_open_too_long_keeps_its_text(client, cast, house):
    topic = ask(cast)
    sign_in(client, cast.ben)
    house.config["WTF_CSRF_ENABLED"] = True
    try:
        sent = client.post(posts_url(topic), data={"text": "A long reply."})
    finally:
        house.config["WTF_CSRF_ENABLED"] = False
    assert sent.status_code == 400
    assert "This form was open too long" in sent.text
    assert "A long reply." in sent.text
    assert topic.thread.post_count == 1


def test_nobody_answers_where_they_cannot_read(client, cast):
    topic = ask(cast, "eve", space="floor")
    sign_in(client, cast.ada)
    refused = client.post(posts_url(topic), data={"text": "Hello?"})
    absent = client.post("/threads/aaaaaaaa/posts", data={"text": "Hello?"})
    assert refused.status_code == absent.status_code == 404
    assert refused.data == absent.data
    with pytest.raises(NotFound):
        answer(cast, topic, "ada")


def test_only_those_who_moderate_answer_in_a_closed_conversation(app, cast):
    from community.forum.care import lock_topic

    topic = ask(cast)
    lock_topic(topic, by=cast.viewer("mo"))
    with pytest.raises(Forbidden):
        answer(cast, topic, "ben")
    assert answer(cast, topic, "mo").number == 2


def test_five_hundred_mentions_are_one_post_and_ten_mentions(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ben)
    names = " ".join(f"@{name}" for name in ("ada", "cleo", "eve") for _ in range(170))
    assert client.post(posts_url(topic), data={"text": names}).status_code == 303
    assert session.scalar(select(func.count()).select_from(Mention)) <= 10


def test_the_draft_goes_when_the_post_is_written(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ben)
    place = f"/drafts/reply:{topic.thread.public_id}"
    client.put(place, data={"text": "Half a thou"})
    assert "Half a thou" in client.get(f"/t/{topic.public_id}/{topic.slug}").text
    client.post(posts_url(topic), data={"text": "A whole thought.", "submission": "t1"})
    client.put(place, data={"text": "A whole thought.", "submission": "t1"})
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_page_asks_no_more_of_the_database_for_twenty_posts_than_for_one(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ada)
    url = f"/t/{topic.public_id}/{topic.slug}"
    few = len(statements_of(client, url))
    for number in range(18):
        answer(cast, topic, ("ben", "cleo", "eve", "mo")[number % 4])
    many = statements_of(client, url)
    assert len(many) <= PER_PAGE, "\n\n".join(many)
    assert len(many) <= few + 1  # the first unread is looked for


def test_a_form_sent_twice_at_once_makes_one_post(app, cast):
    topic = ask(cast)
    url, form = posts_url(topic), {"text": "Once.", "submission": "at-once"}
    browsers = [sign_in(app.test_client(), cast.ben) for _time in range(4)]

    def send(browser):
        with app.app_context():
            return browser.post(url, data=form)

    with ThreadPoolExecutor(4) as together:
        sent = list(together.map(send, browsers))
    assert {answer.status_code for answer in sent} == {303}
    assert len({answer.location for answer in sent}) == 1
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Post)) == 2


@pytest.mark.parametrize(
    ("kind", "status"),
    [("application/x-www-form-urlencoded", 422), ("multipart/form-data", 413)],
)
def test_five_megabytes_are_no_post(client, cast, kind, status):
    topic = ask(cast)
    sign_in(client, cast.ben)
    sent = client.post(posts_url(topic), data={"text": "x" * 5_000_000}, content_type=kind)
    assert sent.status_code == status
    assert "still there" in sent.text or "characters; at most" in sent.text
    assert topic.thread.post_count == 1


def test_a_page_of_a_space_has_another_version_after_each_post(app, cast):
    topic = ask(cast)
    before = session.get_one(Space, topic.space_id).version
    answer(cast, topic)
    session.rollback()
    assert session.get_one(Space, topic.space_id).version > before
