"""Latest, unanswered, top, spaces within spaces."""

from datetime import timedelta

from sqlalchemy import update

from community import clock
from community.database import session, write_transaction
from community.forum.queries import latest_topics, top_topics, unanswered_topics
from community.spaces.models import Space
from community.spaces.queries import find_space
from community.threads.actions import delete_post
from community.threads.models import Post
from community.worker import run_jobs
from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in
from tests.world import open_space


def ids(page):
    return [topic.id for topic in page.items]


def test_an_answer_brings_a_topic_up(app, cast):
    first, second = ask(cast), ask(cast)
    assert ids(latest_topics(cast.viewer("ben"))) == [second.id, first.id]
    answer(cast, first)
    run_jobs()
    assert ids(latest_topics(cast.viewer("ben"))) == [first.id, second.id]


def test_the_next_page_goes_on_where_the_first_ended(app, cast):
    made = [ask(cast).id for _number in range(7)]
    viewer = cast.viewer("ben")
    page = latest_topics(viewer, limit=3)
    seen = ids(page)
    while page.next:
        page = latest_topics(viewer, limit=3, token=page.next)
        seen += ids(page)
    assert seen == made[::-1]
    assert ids(latest_topics(viewer, limit=3, token=page.previous)) == made[3:0:-1]


def test_unanswered_is_what_nobody_else_has_answered(app, cast):
    waiting, talked_to_oneself, answered = ask(cast), ask(cast), ask(cast)
    answer(cast, talked_to_oneself, "ada")
    post = answer(cast, answered, "ben")
    broadcast, internal = ask(cast, "eve"), ask(cast, "eve", space="floor")
    viewer = cast.viewer("al")
    found = {waiting.id, talked_to_oneself.id, internal.id}
    assert set(ids(unanswered_topics(viewer))) == found
    assert broadcast.id not in ids(unanswered_topics(viewer))
    delete_post(post, by=cast.viewer("ben"))
    assert set(ids(unanswered_topics(viewer))) == found | {answered.id}


def test_an_announcement_waits_for_no_answer(app, cast):
    with write_transaction():
        session.execute(update(Space).where(Space.slug == "help").values(announcements=True))
    ask(cast, "mo")
    assert ids(unanswered_topics(cast.viewer("ben"))) == []


def test_top_counts_the_posts_and_reactions_of_the_period(app, cast):
    with clock.at(clock.now() - timedelta(days=10)):
        old = ask(cast)
        for _number in range(5):
            answer(cast, old)
    quiet, lively = ask(cast), ask(cast)
    answer(cast, lively)
    with write_transaction():
        session.execute(
            update(Post).where(Post.thread_id == quiet.thread_id).values(reaction_count=3)
        )
    viewer = cast.viewer("cleo")
    assert ids(top_topics(viewer, "week")) == [quiet.id, lively.id]
    assert ids(top_topics(viewer, "month")) == [old.id, quiet.id, lively.id]


def test_likes_that_came_with_an_import_make_a_topic_top_and_votes_against_do_not(app, cast):
    liked, plain, disliked = ask(cast), ask(cast), ask(cast)
    answer(cast, disliked)
    with write_transaction():
        for topic, tally in ((liked, 12), (disliked, -2)):
            first = (Post.thread_id == topic.thread_id) & (Post.number == 1)
            session.execute(update(Post).where(first).values(tally=tally))
    assert ids(top_topics(cast.viewer("cleo"), "week")) == [liked.id, plain.id, disliked.id]


def test_a_category_shows_those_within_it(client, cast):
    with write_transaction():
        parent = find_space("help", cast.viewer("al"))
        inner = open_space("imports", parent_id=parent.id)
        inner.audience_id = parent.audience_id
        hidden = open_space("inner-secret", parent_id=parent.id)
        hidden.audience_id = find_space("floor", cast.viewer("al")).audience_id
    topic = ask(cast, space="imports", title="Deep inside")
    page = client.get("/c/help").text
    assert 'href="/c/imports"' in page
    assert topic.title in page
    assert "inner-secret" not in page
    assert "Inner-Secret" not in page
    crumbs = client.get(f"/t/{topic.public_id}").text
    assert 'href="/c/help"' in crumbs


def test_in_an_archived_space_nothing_begins(client, cast):
    topic = ask(cast)
    with write_transaction():
        session.execute(update(Space).where(Space.slug == "help").values(archived_at=clock.now()))
    sign_in(client, cast.ada)
    assert client.get(f"/t/{topic.public_id}").status_code == 200
    assert client.get("/c/help/new").status_code == 403
    reply = {"text": "my long reply"}
    refused = client.post(f"/threads/{topic.thread.public_id}/posts", data=reply)
    assert refused.status_code == 403
    assert "my long reply" in refused.text
    assert "it can be read" in client.get(f"/t/{topic.public_id}").text
    sent = client.post("/c/help/topics", data={"title": "New", "text": "my long text"})
    assert sent.status_code == 403
    assert "my long text" in sent.text
    assert "archived" in client.get("/c/help").text


def test_an_unknown_period_and_an_unreadable_space_are_no_pages(client, cast):
    sign_in(client, cast.ada)
    absent = client.get("/c/never-was")
    for url in ("/c/floor", "/c/floor/new", "/top/forever"):
        answered = client.get(url)
        assert (answered.status_code, answered.data) == (404, absent.data), url


def test_where_to_write_offers_only_spaces_one_may_write_in(client, cast):
    sign_in(client, cast.ben)
    page = client.get("/topics/new").text
    assert "/c/help/new" in page
    assert "/c/floor/new" not in page
