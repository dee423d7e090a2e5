"""Pages of a thread: anywhere as near as the start, and never lost."""

import re
from datetime import UTC, datetime

import pytest
from markupsafe import Markup
from sqlalchemy import insert, update

from community import clock
from community.database import session, write_transaction
from community.threads.actions import delete_post
from community.threads.models import Post, Thread
from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in
from tests.sql import PER_PAGE, statements_of


def url_of(topic, post=""):
    return f"/t/{topic.public_id}/{topic.slug}" + (f"?post={post}" if post else "")


@pytest.fixture
def long_topic(cast):
    """Twenty thousand posts, written straight into the tables."""
    topic = ask(cast)
    first = session.query(Post).filter_by(thread_id=topic.thread_id).one()
    row = {
        "thread_id": topic.thread_id,
        "space_id": topic.space_id,
        "text_id": first.text_id,
        "audience_id": topic.audience_id,
        "author_id": cast.ben.id,
        "state": "published",
        "created_at": clock.now(),
    }
    with write_transaction():
        session.execute(
            insert(Post),
            [row | {"public_id": f"{n:08d}", "number": n} for n in range(2, 20_001)],
        )
        session.execute(update(Thread).values(last_number=20_000, post_count=20_000))
    return topic


def test_a_long_thread_opens_anywhere_with_the_same_few_statements(client, long_topic):
    start = statements_of(client, url_of(long_topic))
    middle = statements_of(client, url_of(long_topic, 10_500))
    assert len(start) == len(middle) <= PER_PAGE
    page = client.get(url_of(long_topic, 10_500)).text
    assert 'id="p10500"' in page
    assert page.count('class="post') - page.count('class="post__') == 20


@pytest.mark.parametrize(
    ("post", "first"),
    [("-1", 1), ("abc", 1), ("0", 1), ("21", 21), ("999999999999999999999", 41), ("1e3", 1)],
)
def test_a_place_outside_gives_the_nearest_page_with_its_address(client, cast, post, first):
    topic = ask(cast)
    for _number in range(40):
        answer(cast, topic)
    page = client.get(url_of(topic, post))
    assert page.status_code == 200
    assert f'id="p{first}"' in page.text
    canonical = url_of(topic, first if first > 1 else "")
    assert f'{canonical}">' in page.text.split('rel="canonical"')[1][:200]


def test_pages_lead_to_each_other(client, cast):
    topic = ask(cast)
    for _number in range(45):
        answer(cast, topic)
    page = client.get(url_of(topic, 30)).text
    assert f'href="{url_of(topic, 1)}#posts"' in page
    assert f'href="{url_of(topic, 41)}#posts"' in page


def test_a_long_thread_can_be_entered_at_its_ends_from_anywhere(client, long_topic):
    page = client.get(url_of(long_topic, 10_500)).text
    numbers = page.split('class="pager__pages"')[1].split("</span>\n")[0]
    assert [f">{n}<" in numbers for n in ("1", "524", "525", "526", "1,000")] == [True] * 5
    assert 'aria-current="page">525<' in numbers
    assert f'href="{url_of(long_topic)}"' in numbers
    assert f'href="{url_of(long_topic, 19_981)}#posts"' in numbers


def test_a_deleted_post_is_seen_by_its_author_and_moderators_alone(app, cast):
    topic = ask(cast)
    post = answer(cast, topic, text="Never mind.")
    delete_post(post, by=cast.viewer("ben"))
    for name, sees in (("ben", True), ("mo", True), ("ada", False), ("eve", False)):
        page = sign_in(app.test_client(), getattr(cast, name)).get(url_of(topic)).text
        assert ("Never mind." in page) == sees, name
    assert "Never mind." not in app.test_client().get(url_of(topic)).text


@pytest.mark.parametrize(("name", "last"), [(None, 20), ("ada", 20), ("mo", 22), ("ben", 22)])
def test_the_last_post_is_the_last_that_one_can_read(client, cast, name, last):
    topic = ask(cast)
    posts = [answer(cast, topic) for _number in range(21)]
    for post in posts[-2:]:
        delete_post(post, by=cast.viewer("ben"))
    if name:
        sign_in(client, getattr(cast, name))
    page = client.get(url_of(topic)).text
    assert f'href="{url_of(topic, last)}#p{last}"' in page
    assert ("Later posts" in page) == (last > 20)
    assert f'id="p{last}"' in client.get(url_of(topic, 22)).text


@pytest.mark.parametrize(("gone", "nearest"), [(5, 4), (20, 19), (21, 22), (41, 40), (99, 40)])
def test_the_address_of_a_post_that_is_gone_leads_to_the_nearest(client, cast, gone, nearest):
    topic = ask(cast)
    for post in [answer(cast, topic) for _number in range(40)]:
        if post.number in (5, 20, 21, 41):
            delete_post(post, by=cast.viewer("ben"))
    page = client.get(url_of(topic, gone)).text
    ids = re.findall(r' id="(p\d+)"', page)
    assert ids[ids.index(f"p{gone}") + 1] == f"p{nearest}"


def test_where_nothing_is_gone_nobody_is_asked_what_is_left(client, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    whole = statements_of(client, url_of(topic))
    delete_post(post, by=cast.viewer("ben"))
    assert len(statements_of(client, url_of(topic))) == len(whole) + 1


def test_a_post_has_an_address_of_its_own(client, cast):
    topic = ask(cast)
    post = answer(cast, topic)
    assert client.get(f"/posts/{post.public_id}").location == f"{url_of(topic, 2)}#p2"


def test_the_address_of_an_unreadable_post_is_that_of_none(client, cast):
    topic = ask(cast, "eve", space="floor")
    post = answer(cast, topic, "pam")
    hidden, absent = client.get(f"/posts/{post.public_id}"), client.get("/posts/aaaaaaaa")
    assert (hidden.status_code, hidden.data) == (404, absent.data)


def test_a_quotation_begins_the_reply_and_keeps_its_source(client, cast):
    topic = ask(cast)
    post = answer(cast, topic, text="Cut it *into* pieces.")
    sign_in(client, cast.ada)
    page = client.get(f"{url_of(topic)}?post=2&quote={post.public_id}").text
    assert f"[!quote post={post.public_id}]" in page
    assert "&gt; Cut it into pieces." in page
    assert f'name="reply_to" value="{post.public_id}"' in page


def test_a_quotation_never_names_a_post_its_readers_cannot_see(client, cast):
    secret = answer(cast, ask(cast, "eve", space="floor"), "pam", "The plan.")
    topic = ask(cast)
    sign_in(client, cast.eve)
    text = f"> [!quote post={secret.public_id}]\n> The plan."
    client.post(f"/threads/{topic.thread.public_id}/posts", data={"text": text})
    page = client.get(url_of(topic)).text
    assert f"/posts/{secret.public_id}" not in page


@pytest.mark.parametrize("name", [None, "ada", "mo"])
def test_lists_and_pages_count_posts_that_can_be_read_and_not_their_numbers(client, cast, name):
    """Who looks after a space sees deleted posts, too, and is told the same."""
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        topic = ask(cast)
        posts = [answer(cast, topic) for _number in range(44)]
        for post in posts[3:6]:
            delete_post(post, by=cast.viewer("ben"))
        if name:
            sign_in(client, getattr(cast, name))
        assert "<b>41</b>replies" in client.get("/latest").text
        said = Markup(client.get(url_of(topic, 21)).text).striptags()
    assert "41 replies" in said
    assert "45" not in said, "as many were ever posted"
