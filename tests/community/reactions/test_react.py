"""Reacting to a post."""

import pytest
from sqlalchemy import func, select

from community.database import session, write_transaction
from community.errors import Forbidden, NotFound, NotSignedIn
from community.events import EventRow
from community.forum.actions import start_topic
from community.forum.models import Topic
from community.reactions.actions import react, withdraw_reaction
from community.reactions.models import Reaction, ReactionKind
from community.reactions.queries import tallies
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.threads.actions import delete_post
from community.threads.models import Post
from tests.conftest import sign_in

THANK = ReactionKind.THANK


@pytest.fixture
def post(cast) -> Post:
    return written_by(cast, "ada", "help")


def written_by(cast, name: str, space: str) -> Post:
    viewer = cast.viewer(name)
    start_topic(find_space(space, viewer), "A topic", prepare("Something."), by=viewer)
    return session.scalars(select(Post)).one()


def events() -> list[str]:
    names = ("ReactionGiven", "ReactionWithdrawn")
    return list(
        session.scalars(select(EventRow.name).where(EventRow.name.in_(names)).order_by(EventRow.id))
    )


def test_thanking_twice_counts_once(app, cast, post):
    react(post, THANK, by=cast.viewer("ben"))
    react(post, THANK, by=cast.viewer("ben"))
    assert session.scalar(select(func.count()).select_from(Reaction)) == 1
    assert post.reaction_count == 1
    assert events() == ["ReactionGiven"]


def test_two_members_may_each_give_two_kinds(app, cast, post):
    for name in ("ben", "cleo"):
        react(post, THANK, by=cast.viewer(name))
        react(post, ReactionKind.AGREE, by=cast.viewer(name))
    tally = tallies([post], cast.viewer("ben"))["post", post.id]
    assert tally.counts == {THANK: 2, ReactionKind.AGREE: 2}
    assert tally.given == {THANK, ReactionKind.AGREE}
    assert tallies([post], cast.viewer("eve"))["post", post.id].given == frozenset()


def test_taking_back_leaves_the_others(app, cast, post):
    react(post, THANK, by=cast.viewer("ben"))
    react(post, THANK, by=cast.viewer("cleo"))
    withdraw_reaction(post, THANK, by=cast.viewer("ben"))
    withdraw_reaction(post, THANK, by=cast.viewer("ben"))
    assert post.reaction_count == 1
    assert events() == ["ReactionGiven", "ReactionGiven", "ReactionWithdrawn"]


def test_nobody_thanks_themselves(app, cast, post):
    with pytest.raises(Forbidden):
        react(post, THANK, by=cast.viewer("ada"))


def test_a_visitor_is_asked_to_sign_in(app, cast, post):
    with pytest.raises(NotSignedIn):
        react(post, THANK, by=cast.viewer("visitor"))
    with pytest.raises(NotSignedIn):
        withdraw_reaction(post, THANK, by=cast.viewer("visitor"))


def test_a_customer_cannot_react_to_what_only_employees_read(app, cast):
    internal = written_by(cast, "eve", "floor")
    with pytest.raises(NotFound):
        react(internal, THANK, by=cast.viewer("ada"))


def test_a_deleted_post_takes_no_more_reactions(app, cast, post):
    delete_post(post, by=cast.viewer("ada"))
    with pytest.raises(Forbidden):
        react(post, THANK, by=cast.viewer("mo"))


def bring_likes(post: Post, likes: int) -> str:
    """The address of its topic, after an import that knew of so many."""
    with write_transaction():
        session.get_one(Post, post.id).tally = likes
    return f"/t/{session.scalars(select(Topic.public_id)).one()}"


def test_likes_that_came_with_an_import_stand_beside_the_reactions(client, cast, post):
    react(post, THANK, by=cast.viewer("cleo"))
    address = bring_likes(post, 12)
    for page in (client.get(address), sign_in(client, cast.ben).get(address)):
        assert "12 likes" in page.text
        assert "Thank · 1" in page.text
    answer = client.post(f"/reactions/post/{post.public_id}/thank", headers={"HX-Request": "true"})
    assert "12 likes" in answer.text
    assert "Thank · 2" in answer.text


@pytest.mark.parametrize("likes", [0, -3])
def test_of_a_post_that_nobody_liked_nothing_is_said(client, cast, post, likes):
    """Where votes against are known too, what came may be less than nothing."""
    page = client.get(bring_likes(post, likes)).text
    assert "reactions__likes" not in page


def test_the_button_works_without_javascript(client, cast, post):
    sign_in(client, cast.ben)
    answer = client.post(f"/reactions/post/{post.public_id}/thank")
    assert answer.status_code == 303
    assert session.scalars(select(Post.reaction_count)).one() == 1


def test_with_htmx_the_answer_is_the_button_alone(client, cast, post):
    sign_in(client, cast.ben)
    answer = client.post(f"/reactions/post/{post.public_id}/thank", headers={"HX-Request": "true"})
    assert 'aria-pressed="true"' in answer.text
    assert "<html" not in answer.text


def test_an_unknown_reaction_or_subject_is_not_found(client, cast, post):
    sign_in(client, cast.ben)
    assert client.post(f"/reactions/post/{post.public_id}/shrug").status_code == 404
    assert client.post("/reactions/castle/aaaaaaaa/thank").status_code == 404
