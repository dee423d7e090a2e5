"""Feeds, read by a reader of feeds."""

import feedparser
import pytest

from community.blog.actions import unpublish_article
from community.blog.care import delete_article, hide_article
from tests.community.blog.writing import draft, publish
from tests.community.threads.conversations import ask
from tests.community.wiki.writing import revise, write
from tests.conftest import sign_in

POLYGLOT = (
    """jaVasCript:/*-/*`/*'/*"/**/(/* */oNcliCk=alert() )//"""
    """</title></style></script>]]><svg/onload=alert()>"""
)


def read(client, url: str):
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    found = feedparser.parse(answer.data)
    assert not found.bozo and found.version == "atom10"
    return found


def same_as_never(client, url: str) -> None:
    hidden, absent = client.get(url), client.get("/feeds/never/was.atom")
    assert (hidden.status_code, hidden.data) == (404, absent.data)
    assert dict(hidden.headers) == dict(absent.headers)


def test_a_blog_s_articles_are_in_its_feed(client, cast):
    article = publish(cast, "Nine & notes", "*Framed.*")
    (entry,) = read(client, "/feeds/blog/stories.atom").entries
    assert entry.title == "Nine & notes"
    assert entry.link.endswith(f"/blogs/stories/nine-notes-{article.public_id}")
    assert entry.author == "Eve"
    assert "<em>Framed.</em>" in entry.content[0].value
    assert read(client, "/feeds/articles/latest.atom").entries[0].id == entry.id


def test_only_what_is_out_is_in_a_feed(client, cast):
    draft(cast, "A draft")
    eve, mo = cast.viewer("eve"), cast.viewer("mo")
    unpublish_article(publish(cast, "Taken back"), by=eve)
    hide_article(publish(cast, "Hidden"), by=mo)
    delete_article(publish(cast, "Deleted"), by=mo)
    sign_in(client, cast.eve)
    assert read(client, "/feeds/blog/stories.atom").entries == []


def test_whoever_asks_gets_what_a_visitor_may_see(client, cast):
    ask(cast, "eve", space="floor", title="Secret plans")
    ask(cast, title="Row 12,000")
    sign_in(client, cast.eve)
    titles = [entry.title for entry in read(client, "/feeds/forum/latest.atom").entries]
    assert titles == ["Row 12,000"]
    assert [entry.title for entry in read(client, "/feeds/space/help.atom").entries] == titles
    same_as_never(client, "/feeds/space/floor.atom")


@pytest.mark.parametrize(
    "url",
    [
        "/feeds/wiki/playbook.atom",
        "/feeds/blog/help.atom",
        "/feeds/forum/other.atom",
        "/feeds/x/y.atom",
    ],
)
def test_what_a_visitor_may_not_see_has_no_feed(client, cast, url):
    same_as_never(client, url)


def test_a_wiki_s_changes_are_in_its_feed(client, cast):
    page = write(cast, "Large imports")
    revise(cast, page, "Other words.", summary="Say which rows are skipped")
    entries = read(client, "/feeds/wiki/handbook.atom").entries
    assert len({entry.id for entry in entries}) == 2
    assert "Say which rows are skipped" in entries[0].content[0].value


def test_nothing_that_is_typed_breaks_out_of_a_feed(client, cast):
    publish(cast, POLYGLOT[:180] + " \u200b", POLYGLOT + "\x08\x0b\ufffe")
    feed = read(client, "/feeds/blog/stories.atom")
    assert len(feed.entries) == 1
    body = client.get("/feeds/blog/stories.atom").data
    assert b"<svg" not in body and b"<script" not in body


def test_a_reader_that_has_it_already_gets_nothing_again(client, cast):
    publish(cast, "Nine notes")
    first = client.get("/feeds/blog/stories.atom")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in first.headers
    again = client.get("/feeds/blog/stories.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
