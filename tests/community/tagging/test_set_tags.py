"""Tags on topics."""

import pytest
from sqlalchemy import select

from community.database import session
from community.errors import Forbidden, Invalid, NotSignedIn
from community.events import EventRow
from community.forum.actions import start_topic
from community.forum.models import Topic
from community.spaces.queries import find_space
from community.tagging.actions import folded, parse_tags, set_tags
from community.tagging.models import Tag
from community.tagging.queries import tag_counts, tags_of
from community.texts.preparation import prepare
from tests.conftest import sign_in


def topic_by(cast, name: str, space: str) -> Topic:
    viewer = cast.viewer(name)
    return start_topic(find_space(space, viewer), "A topic", prepare("Text."), by=viewer)


def names_of(topic: Topic) -> list[str]:
    return [name for _tag, name in tags_of("topic", topic.id)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Import Export", ["import", "export"]), ("#API, api", ["api"]), ("C++;c#", ["c++", "c#"]),
     ("عرض السعر", ["عرض", "السعر"]), ("  ,, ", []), ("<script>", ["script"])],
)  # fmt: skip
def test_tags_are_written_one_way(typed, kept):
    assert parse_tags(typed) == kept


def test_six_tags_are_too_many(sqlite_app):
    with sqlite_app.test_request_context(), pytest.raises(Invalid):
        parse_tags("a b c d e f")


def test_a_tag_that_is_too_long_is_refused(sqlite_app):
    with sqlite_app.test_request_context(), pytest.raises(Invalid):
        parse_tags("x" * 41)


def test_setting_tags_replaces_those_there_and_says_what_changed(app, cast):
    topic = topic_by(cast, "ada", "help")
    set_tags(topic, ["import", "csv"], by=cast.viewer("ada"))
    set_tags(topic, ["csv", "api"], by=cast.viewer("ada"))
    set_tags(topic, ["csv", "api"], by=cast.viewer("ada"))
    assert names_of(topic) == ["api", "csv"]
    told = session.scalars(select(EventRow.payload).where(EventRow.name == "TagsChanged")).all()
    tags = {tag.name: tag.id for tag in session.scalars(select(Tag))}
    assert [(one["added"], one["taken"]) for one in told] == [
        ([tags["import"], tags["csv"]], []),
        ([tags["api"]], [tags["import"]]),
    ]


@pytest.mark.parametrize(
    ("name", "allowed"), [("ada", True), ("mo", True), ("eve", True), ("ben", False)]
)
def test_author_moderator_and_employee_tag_and_others_do_not(app, cast, name, allowed):
    topic = topic_by(cast, "ada", "help")
    if allowed:
        set_tags(topic, ["csv"], by=cast.viewer(name))
        assert names_of(topic) == ["csv"]
    else:
        with pytest.raises(Forbidden):
            set_tags(topic, ["csv"], by=cast.viewer(name))


def test_a_visitor_cannot_tag(app, cast):
    with pytest.raises(NotSignedIn):
        set_tags(topic_by(cast, "ada", "help"), ["csv"], by=cast.viewer("visitor"))


def test_a_tag_of_internal_topics_is_not_even_counted_for_a_customer(app, cast):
    set_tags(topic_by(cast, "eve", "floor"), ["takeover"], by=cast.viewer("eve"))
    assert tag_counts(cast.viewer("eve")) == [("takeover", 1)]
    assert tag_counts(cast.viewer("ada")) == []


def test_the_page_of_a_hidden_tag_is_that_of_one_that_never_was(client, cast):
    set_tags(topic_by(cast, "eve", "floor"), ["takeover"], by=cast.viewer("eve"))
    sign_in(client, cast.ada)
    hidden, absent = client.get("/tags/takeover"), client.get("/tags/nothing")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.data == absent.data


def test_a_topic_shows_its_tags_and_its_author_can_change_them(client, cast):
    topic = topic_by(cast, "ada", "help")
    sign_in(client, cast.ada)
    client.post(f"/tags/of/topic/{topic.public_id}", data={"tags": "csv, import"})
    assert 'href="/tags/csv"' in client.get(f"/t/{topic.public_id}/{topic.slug}").text
    assert topic.title in client.get("/tags/csv").text


def test_folding_twice_changes_nothing():
    assert folded(folded("#Large Files")) == "large-files"
