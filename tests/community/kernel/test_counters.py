"""Counts beside their rows: whatever made one wrong, it is found, named and set right."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from community import clock, counters
from community.counters import RoundOfChecks, mend_counts, mend_next_slice, wrong_counts
from community.database import session, write_transaction
from community.doctor import doctor
from community.forum.actions import start_topic
from community.moderation.actions import flag_subject
from community.moderation.models import Case, Reason
from community.reactions.actions import react
from community.reactions.models import Reaction, ReactionKind
from community.spaces.models import Space
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.threads.actions import delete_post, restore_post, write_post
from community.threads.models import Post, Thread
from ideas.board.models import Idea
from ideas.voting.actions import vote_for
from tests.community.kernel.overtaking import overtaking
from tests.ideas.proposals import propose


@pytest.fixture
def lively(cast) -> Post:
    """A post that was answered, thanked for and flagged, beside an idea with votes."""
    plaza = find_space("plaza", cast.viewer("ada"))
    topic = start_topic(plaza, "Hello", prepare("Good morning."), by=cast.viewer("ada"))
    write_post(topic.thread, prepare("And to you."), by=cast.viewer("ben"))
    post = session.scalars(select(Post).where(Post.number == 1)).one()
    react(post, ReactionKind.THANK, by=cast.viewer("ben"))
    flag_subject(post, Reason.OFF_TOPIC, by=cast.viewer("cleo"))
    idea = propose(cast, "Dark mode")
    for name in ("ben", "cleo"):
        vote_for(idea, by=cast.viewer(name))
    return post


WRONG = {
    "thread.post_count": (Thread, {"post_count": 7}),
    "thread.last_number": (Thread, {"last_number": 9}),
    "thread.last_post_at": (Thread, {"last_post_at": datetime(2001, 1, 1, tzinfo=UTC)}),
    "thread.first_response_at": (Thread, {"first_response_at": None}),
    "post.reaction_count": (Post, {"reaction_count": 4}),
    "case.flag_count": (Case, {"flag_count": 3}),
    "idea.vote_count": (Idea, {"vote_count": 41}),
    "idea.trend": (Idea, {"trend": 0.5}),
}


def falsify(name: str) -> None:
    model, values = WRONG[name]
    with write_transaction():
        first = session.scalars(select(model.id).order_by(model.id)).first()
        session.execute(update(model).where(model.id == first).values(values))


def test_what_people_do_is_counted_right(app, lively):
    assert {counter.name for counter in counters.counters()} >= set(WRONG)
    assert list(wrong_counts()) == []


def test_wrong_counts_are_right_again_after_a_round_and_the_log_says_what_they_were(
    app, lively, caplog
):
    for name in WRONG:
        falsify(name)
    wrong = {one.counter.name: str(one) for one in wrong_counts()}
    assert set(wrong) == set(WRONG)
    with caplog.at_level(logging.WARNING):
        mend_next_slice()
    for name, sentence in wrong.items():
        assert sentence.startswith(f"{name} of ") and f"{sentence}: set right" in caplog.text
    assert list(wrong_counts()) == []


def test_pages_that_showed_the_wrong_count_are_made_anew(sqlite_app, lively):
    space = session.scalars(select(Space).where(Space.slug == "plaza")).one()
    before = space.version, lively.thread.version
    falsify("thread.post_count")
    assert mend_counts() == 1
    assert (space.version, lively.thread.version) > before and space.version > before[0]


def test_times_are_right_after_the_last_post_and_the_only_response_are_taken_away(
    app, cast, lively
):
    last = session.scalars(select(Post).where(Post.number == 2)).one()
    with clock.at(clock.now() + timedelta(hours=1)):
        write_post(last.thread, prepare("And me."), by=cast.viewer("ada"))
        for post in session.scalars(select(Post).where(Post.number > 1)).all():
            delete_post(post, by=cast.viewer("al"))
            assert list(wrong_counts()) == []
    thread = session.get_one(Thread, last.thread_id)
    assert thread.first_response_at is None and thread.last_post_at
    restore_post(last, by=cast.viewer("al"))
    assert list(wrong_counts()) == [] and thread.first_response_at


def test_a_round_goes_on_where_it_stopped_even_after_a_restart(sqlite_app, lively, monkeypatch):
    monkeypatch.setattr(counters, "SLICE", 1)
    last = session.scalars(select(Post).order_by(Post.id.desc())).first()
    with write_transaction():
        session.execute(update(Post).where(Post.id == last.id).values(reaction_count=5))
    mend_next_slice()
    assert len(list(wrong_counts())) == 1
    mend_next_slice()
    assert list(wrong_counts()) == []
    mend_next_slice()
    mend_next_slice()
    names = RoundOfChecks.name == "post.reaction_count"
    assert session.scalars(select(RoundOfChecks.after).where(names)).one() in (0, last.id - 1)


def test_what_was_deleted_meanwhile_is_left_alone(sqlite_app, lively):
    counter = next(one for one in counters.counters() if one.name == "post.reaction_count")
    with write_transaction():
        assert not counters._set_right(counter, 10_000)
        assert not counters._set_right(counter, lively.id)


def test_the_doctor_names_what_is_counted_wrong_and_sets_it_right_when_told(sqlite_app, lively):
    falsify("idea.vote_count")
    runner = sqlite_app.test_cli_runner()
    said = runner.invoke(doctor).output
    assert "WRONG  what is counted is counted right" in said
    assert "idea.vote_count of 1 says 41, but it is 2" in said
    said = runner.invoke(doctor, ["--mend"]).output
    assert said.count("WRONG  what is counted is counted right") == 1
    assert "well   what is counted is counted right" in said
    assert list(wrong_counts()) == []


@pytest.mark.parametrize("database", ["postgresql"])
def test_two_who_react_at_the_same_moment_are_counted_both(app, cast, lively):
    def thank() -> None:
        react(session.get_one(Post, lively_id), ReactionKind.THANK, by=cleo)

    lively_id, cleo, eve = lively.id, cast.viewer("cleo"), cast.eve.id
    with overtaking(app, thank) as first:
        first.execute(
            insert(Reaction).values(
                subject_kind="post", subject_id=lively_id, member_id=eve,
                kind=ReactionKind.THANK, at=clock.now(),
            )
        )  # fmt: skip
        first.execute(update(Post).where(Post.id == lively_id).values(reaction_count=2))
    assert list(wrong_counts()) == []
