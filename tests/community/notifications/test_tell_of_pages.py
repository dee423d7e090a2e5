"""Who watches a wiki or a blog, or is named in a text there, hears of it once."""

import pytest
from sqlalchemy import select

from community.blog.actions import prepare_article, publish_article, write_article
from community.database import session
from community.notifications.models import Notice
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.watching.actions import watch
from community.watching.models import WatchLevel
from community.wiki.actions import create_page, revise_page
from community.worker import run_jobs


def heard(member) -> list[str]:
    kinds = select(Notice.kind).where(Notice.member_id == member.id).order_by(Notice.id)
    return list(session.scalars(kinds))


@pytest.fixture
def page(house, cast):
    ada, wiki = cast.viewer("ada"), find_space("handbook", cast.viewer("ada"))
    watch(wiki, WatchLevel.WATCHING, by=cast.viewer("ben"))
    made = create_page(wiki, "start", "Start", prepare("Ask @cleo."), by=ada)
    run_jobs()
    return made


def test_who_watches_the_wiki_hears_of_a_new_page_and_who_is_named_of_the_mention(app, cast, page):
    assert heard(cast.ben) == ["page_created"]
    assert heard(cast.cleo) == ["mention"]
    assert heard(cast.ada) == []


def test_a_change_is_told_and_the_same_mention_is_not_told_again(app, cast, page):
    eve = cast.viewer("eve")
    revise_page(page, prepare("Ask @cleo or @mo."), by=eve, base=page.text.revision)
    run_jobs()
    assert heard(cast.ben) == ["page_created", "page_revised"]
    assert heard(cast.cleo) == ["mention"]
    assert heard(cast.mo) == ["mention"]


def test_who_watches_a_blog_hears_of_an_article_when_it_is_out(app, cast):
    eve, blog = cast.viewer("eve"), find_space("stories", cast.viewer("eve"))
    watch(blog, WatchLevel.WATCHING, by=cast.viewer("ben"))
    article = write_article(blog, "Sixty days", prepare_article("Long."), by=eve)
    run_jobs()
    assert heard(cast.ben) == []
    publish_article(article, by=eve)
    run_jobs()
    assert heard(cast.ben) == ["article_published"]


def test_who_began_a_page_hears_of_the_first_comment_as_of_the_next(app, cast, page):
    for number in (1, 2):
        write_post(page.thread, prepare(f"Comment {number}"), by=cast.viewer("eve"))
        run_jobs()
        assert heard(cast.ada) == ["reply"] * number


def test_who_cannot_read_the_wiki_hears_nothing_of_a_mention_in_it(app, cast):
    eve = cast.viewer("eve")
    create_page(find_space("playbook", eve), "plan", "Plan", prepare("@ada is next"), by=eve)
    run_jobs()
    assert heard(cast.ada) == []
