"""Bad input and its one right answer, where no room has a test of its own.

Forms open too long, foreign hosts and other methods: members. Texts, double submits, mentions:
threads. Files: attachments. Passwords, links, names: credentials. Merging: wiki. Searches: search.
"""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from community.attachments.actions import attach, check_file, markdown_of
from community.database import session
from community.forum.actions import start_topic
from community.limits import limiter
from community.mail import one_line
from community.search.indexing import rebuild_index
from community.texts.preparation import prepare
from community.threads import actions as thread_actions
from ideas.board.actions import remove_idea
from ideas.board.models import Idea
from ideas.voting.models import Vote
from tests.conftest import sign_in
from tests.security.rooms import furnish

KEPT = "Words that took an hour to write."
FORMS = {
    "topic": "/c/open-category/topics",
    "idea": "/ideas/b/open-board/ideas",
    "page": "/wiki/open-wiki/-/new",
    "article": "/blogs/open-blog/-/new",
}


@pytest.fixture
def things(cast, house):
    return furnish(cast, "open", closed=False)


@pytest.fixture
def browser(client, cast):
    return sign_in(client, cast.ada)


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("title", ["", "   ", "\u200b\u2060\ufeff", "x" * 10_001])
def test_a_title_of_nothing_or_too_much_is_said_and_the_text_kept(things, browser, kind, title):
    """Rows 3 and 4."""
    answer = browser.post(FORMS[kind], data={"title": title, "text": KEPT, "path": "a-new-page"})
    assert answer.status_code == 422
    assert KEPT in answer.text
    assert ("10,001" in answer.text) == (len(title) > 10_000)


def test_voting_twice_is_one_vote(things, client, cast):
    """Row 11."""
    browser = sign_in(client, cast.cleo)
    for _ in range(2):
        assert browser.post(f"/ideas/{things.idea.public_id}/vote").status_code in (200, 303)
    session.expire_all()
    votes = select(func.count()).where(
        Vote.idea_id == things.idea.id, Vote.member_id == cast.cleo.id
    )
    assert session.scalar(votes) == 1
    counted = select(func.count()).where(Vote.idea_id == things.idea.id)
    assert session.get_one(Idea, things.idea.id).vote_count == session.scalar(counted)


def test_a_vote_for_what_was_taken_away_is_as_for_what_never_was(things, client, cast):
    """Rows 13 and 14."""
    closed = furnish(cast, "closed", closed=True)
    remove_idea(things.idea, by=cast.viewer("al"))
    before = session.scalar(select(func.count()).select_from(Vote))
    browser = sign_in(client, cast.cleo)
    absent = browser.post("/ideas/aaaaaaaa/vote")
    for idea in (things.idea, closed.idea):
        answer = browser.post(f"/ideas/{idea.public_id}/vote")
        assert (answer.status_code, answer.data) == (404, absent.data)
    assert session.scalar(select(func.count()).select_from(Vote)) == before


LISTS = ("/latest", "/top/week", "/unanswered", "/people", "/groups", "/ideas", "/notifications",
         "/moderation", "/c/plaza", "/wiki/open-wiki/-/changes")  # fmt: skip


def test_a_paging_key_of_another_list_is_no_fault_of_ours(app, cast, client):
    """Row 18: malformed, foreign, or of a row that is gone."""
    furnish(cast, "open", closed=False)
    space = furnish(cast, "second", closed=False).forum
    for number in range(32):
        start_topic(space, f"Topic {number}", prepare("Words."), by=cast.viewer("ada"))
    browser = sign_in(client, cast.al)
    keys = {"", "-1", "999999999", "abc", "[1]", "WyJhZnRlciIsWyIxIl1d.x"}
    for url in LISTS:
        page = browser.get(url).text
        keys |= {part.split('"')[0] for part in page.split("after=")[1:]}
    assert len(keys) > 6, "there is a true key among them"
    for url in LISTS:
        for key in keys:
            assert browser.get(f"{url}?after={key}").status_code == 200, (url, key)
    for number in ("-1", "999999999", "abc", "9" * 300):
        topic = session.scalars(select(Idea)).first()
        assert browser.get(f"/ideas/{topic.public_id}?post={number}").status_code in (200, 301)


@pytest.mark.parametrize(
    "name",
    ["../../x.txt", "CON.txt", "a\r\nb.txt", "x" * 300 + ".txt", "\u202etxt.exe.txt", "'\".txt"],
)
def test_a_file_of_any_name_is_kept_under_a_harmless_one(cast, client, name):
    """Row 29."""
    file = attach(check_file(name, b"words"), by=cast.viewer("ada"))
    assert not set(file.name) & set("/\\\r\n\0\u202e\"'") and len(file.name) <= 120
    forum = furnish(cast, "open", closed=False).forum
    start_topic(forum, "With a file", prepare(markdown_of(file)), by=cast.viewer("ada"))
    answer = client.get(f"/files/{file.public_id}/{file.name}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    beyond = client.get(f"/files/{file.public_id}/{file.name}", headers={"Range": "bytes=900-"})
    assert beyond.status_code == 416


def test_too_fast_is_told_how_long_to_wait_and_loses_nothing(things, browser, monkeypatch):
    """Row 34: what the limiter raises when a member is over a limit."""

    def refuse(*_arguments, **_named):
        raise TooManyRequests

    monkeypatch.setattr(thread_actions, "reply", refuse)
    place = f"/threads/{things.topic.thread.public_id}/posts"
    refused = browser.post(place, data={"text": KEPT})
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) >= 1
    assert KEPT in refused.text and "Too fast" in refused.text


def test_who_searches_too_often_is_told_how_long_to_wait(app, browser, monkeypatch):
    """Row 34, with the limiter itself."""
    rebuild_index()
    limiter.reset()
    monkeypatch.setitem(app.config, "LIMITED", True)
    answers = [browser.get("/search?q=words") for _search in range(31)]
    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[30].status_code == 429 and int(answers[30].headers["Retry-After"]) >= 1


def test_a_busy_database_asks_to_wait_and_gives_the_text_back(things, browser, monkeypatch):
    """Row 35."""

    def busy(*_arguments, **_named):
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr(thread_actions, "reply", busy)
    place = f"/threads/{things.topic.thread.public_id}/posts"
    answer = browser.post(place, data={"text": KEPT})
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert KEPT in answer.text and "locked" not in answer.text


def test_an_address_that_nothing_answers_to_is_answered_with_every_header(client, cast):
    answer = client.get("/nothing/here")
    assert answer.status_code == 404
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


ELSEWHERE = ("//evil.example", "/\\evil.example", "javascript:alert(1)", "https://evil.example",
             "/\t/evil.example", "\\\\evil", "http:evil")  # fmt: skip


@pytest.mark.parametrize("there", ELSEWHERE)
def test_no_address_that_takes_one_back_leads_off_the_site(things, browser, there):
    """Row 21, wherever an address says where to go on."""
    topic = things.topic.public_id
    answers = [
        browser.post(f"/watch/topic/{topic}", data={"level": "watching", "back": there}),
        browser.post(
            f"/reactions/post/{things.post.public_id}/thank", data={"back": there, "next": there}
        ),
        browser.get("/sign-in", query_string={"next": there}),
    ]
    for answer in answers:
        assert "evil" not in (answer.location or "") and "alert" not in (answer.location or "")


def test_names_and_titles_forge_no_header_of_a_mail(house, cast):
    forged = "Ada\r\nBcc: everyone@evil.example\u2028X: y\x00"
    assert one_line(forged) == "Ada Bcc: everyone@evil.example X: y"
