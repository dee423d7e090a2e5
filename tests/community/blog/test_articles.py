"""Articles: drafted for their author, published for all."""

import pytest
from sqlalchemy import select

from community.blog.actions import (
    prepare_article,
    publish_article,
    revise_article,
    unpublish_article,
    write_article,
)
from community.blog.care import delete_article, hide_article, restore_article
from community.blog.models import Article
from community.database import session
from community.errors import Forbidden, Invalid, NotFound
from community.events import EventRow
from community.policy import can, may_see, visible
from community.spaces.queries import find_space
from community.texts.merging import Stale
from tests.community.blog.writing import draft, publish
from tests.community.threads.conversations import answer
from tests.conftest import sign_in
from tests.sql import PER_PAGE, statements_of

EVERYBODY = ["visitor", "ada", "cleo", "eve", "pam", "mo", "al"]


def same_as_never(client, url: str) -> None:
    hidden, absent = client.get(url), client.get("/blogs/never/was-aaaaaaaa")
    assert (hidden.status_code, hidden.data) == (404, absent.data)
    assert dict(hidden.headers) == dict(absent.headers)


def events(name: str) -> list[EventRow]:
    return list(session.scalars(select(EventRow).where(EventRow.name == name)))


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_draft_is_its_author_s_and_the_moderators(app, cast, name):
    article = draft(cast, "Nine notes")
    viewer = cast.viewer(name)
    sees = name in ("eve", "mo", "al")
    assert may_see(viewer, article) is sees
    assert bool(session.scalar(select(Article.id).where(visible(Article, viewer)))) is sees


def test_who_may_only_comment_writes_no_article(app, cast):
    ada = cast.viewer("ada")
    with pytest.raises(Forbidden):
        write_article(find_space("stories", ada), "A", prepare_article("Words."), by=ada)


def test_a_colleague_does_not_publish_what_is_not_theirs(app, cast):
    article = draft(cast, "Nine notes")
    with pytest.raises(NotFound):
        publish_article(article, by=cast.viewer("pam"))
    publish_article(article, by=cast.viewer("eve"))
    with pytest.raises(Forbidden):
        unpublish_article(article, by=cast.viewer("pam"))


def test_it_counts_once_for_its_author_whoever_lets_it_out(app, cast):
    article = draft(cast, "Nine notes")
    publish_article(article, by=cast.viewer("mo"))
    came_out = article.published_at
    unpublish_article(article, by=cast.viewer("eve"))
    publish_article(article, by=cast.viewer("eve"))
    (said,) = events("ArticlePublished")
    assert (said.actor_id, said.segment) == (cast.eve.id, "employee")
    assert len(events("ArticleRepublished")) == 1
    assert article.published_at == came_out


def test_its_comments_go_and_come_back_with_it(app, cast):
    article = publish(cast, "Nine notes")
    comment = answer(cast, article, "ada", "Framed.")
    unpublish_article(article, by=cast.viewer("eve"))
    assert not may_see(cast.viewer("ben"), comment)
    publish_article(article, by=cast.viewer("eve"))
    assert may_see(cast.viewer("ben"), comment)


def test_what_others_commented_on_is_not_its_author_s_to_delete(app, cast):
    article = publish(cast, "Nine notes")
    answer(cast, article, "ada", "Framed.")
    with pytest.raises(Forbidden):
        delete_article(article, by=cast.viewer("eve"))
    delete_article(article, by=cast.viewer("mo"))
    with pytest.raises(NotFound):
        restore_article(article, by=cast.viewer("pam"))
    restore_article(article, by=cast.viewer("mo"))
    assert article.is_published


def test_a_deleted_draft_comes_back_as_a_draft(app, cast):
    article = draft(cast, "Nine notes")
    delete_article(article, by=cast.viewer("eve"))
    restore_article(article, by=cast.viewer("eve"))
    assert article.is_draft and not events("ArticleRestored")


def test_each_save_is_a_revision_and_needs_the_last_one(app, cast):
    article, eve = publish(cast, "Nine notes"), cast.viewer("eve")
    for number in (1, 2):
        text = prepare_article(f"Words {number}.")
        revise_article(article, text, by=eve, base=number, title="Sixty-one notes")
    assert (article.text.revision, article.slug) == (3, "sixty-one-notes")
    with pytest.raises(Stale):
        revise_article(article, prepare_article("Late."), by=eve, base=2)
    with pytest.raises(Invalid):
        revise_article(article, prepare_article("Late."), by=eve, base=3, excerpt="x" * 401)


def test_an_old_title_leads_to_it_after_the_check(client, cast):
    article = publish(cast, "Nine notes")
    where = f"nine-notes-{article.public_id}"
    assert client.get(f"/blogs/stories/{where}").status_code == 200
    answer = client.get(f"/blogs/elsewhere/old-title-{article.public_id}?post=1")
    assert (answer.status_code, answer.location) == (301, f"/blogs/stories/{where}?post=1")
    hide_article(article, by=cast.viewer("mo"))
    same_as_never(client, f"/blogs/elsewhere/old-title-{article.public_id}")


def test_a_draft_is_in_no_list_and_at_no_address(client, cast):
    article = draft(cast, "Nine notes")
    for name in ("visitor", "ada", "pam"):
        if name != "visitor":
            sign_in(client, getattr(cast, name))
        for url in ("/blogs", "/blogs/stories"):
            assert "Nine notes" not in client.get(url).text
        for url in (
            f"/blogs/stories/nine-notes-{article.public_id}",
            f"/history/article/{article.public_id}",
            f"/history/article/{article.public_id}/1",
        ):
            same_as_never(client, url)
    assert client.get(f"/articles/{article.public_id}/edit").status_code == 404


def test_an_author_drafts_publishes_and_edits_in_the_browser(client, cast):
    sign_in(client, cast.eve)
    form = {"title": "Nine notes", "text": "*Framed.*", "submission": "t1"}
    made = client.post("/blogs/stories/-/new", data=form)
    assert client.post("/blogs/stories/-/new", data=form).location == made.location
    page = client.get(made.location).text
    assert "A draft: this is how it will look." in page and "<em>Framed.</em>" in page
    public_id = made.location[-8:]
    assert client.post(f"/articles/{public_id}/publication").status_code == 303
    change = {"title": "Sixty-one", "text": "More.", "base": "1", "excerpt": "In short."}
    changed = client.post(f"/articles/{public_id}/edit", data=change)
    assert "More." in client.get(changed.location).text
    assert "In short." in client.get("/blogs/stories").text


def test_a_refusal_keeps_what_was_typed(client, cast):
    sign_in(client, cast.eve)
    answer = client.post("/blogs/stories/-/new", data={"title": " ", "text": "what I typed"})
    assert answer.status_code == 422 and "what I typed" in answer.text


@pytest.mark.parametrize("name", ["visitor", "ada", "eve"])
def test_a_page_stays_within_its_count_of_statements(client, cast, name):
    article = publish(cast, "Nine notes", "# One\n\n# Two")
    for number in range(5):
        answer(cast, article, "ada", f"Comment {number}")
        publish(cast, f"More {number}")
    if name != "visitor":
        sign_in(client, getattr(cast, name))
    for url in (f"/blogs/stories/nine-notes-{article.public_id}", "/blogs", "/blogs/stories"):
        statements = statements_of(client, url)
        assert len(statements) <= PER_PAGE, "\n\n".join(statements)


MAY = {
    "article.edit": {"eve", "mo", "al"},
    "article.unpublish": {"eve", "mo", "al"},
    "article.delete": {"eve", "mo", "al"},
    "article.hide": {"mo", "al"},
    "article.publish": set(),
    "article.restore": set(),
}


@pytest.mark.parametrize("name", EVERYBODY)
def test_what_is_out_is_its_author_s_and_the_moderators(cast, name):
    viewer = cast.viewer(name)
    article = publish(cast, "Nine notes")
    allowed = {permission for permission in MAY if can(viewer, permission, article)}
    assert allowed == {permission for permission, names in MAY.items() if name in names}
    stories = find_space("stories", viewer)
    assert can(viewer, "article.write", stories) is (name in ("eve", "pam", "mo", "al"))


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_check_and_the_filter_of_articles_agree(app, cast, name):
    draft(cast, "Draft")
    publish(cast, "Out")
    hide_article(publish(cast, "Hidden"), by=cast.viewer("mo"))
    delete_article(publish(cast, "Deleted"), by=cast.viewer("eve"))
    viewer = cast.viewer(name)
    seen = set(session.scalars(select(Article.title).where(visible(Article, viewer))))
    articles = session.scalars(select(Article)).all()
    assert seen == {article.title for article in articles if may_see(viewer, article)}
