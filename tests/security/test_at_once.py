"""Two people, or one person twice, at the same moment: one right result, on each database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from community.database import session
from community.errors import Conflict, Refusal
from community.forum.answers import accept_answer
from community.forum.models import Topic
from community.members.models import Member, Profile
from community.moderation.actions import appeal_decision, decide_appeal, decide_case
from community.moderation.models import Appeal, Case, Decision
from community.texts.models import Text
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.threads.models import Post, Thread
from community.viewer import viewer_of
from community.watching.actions import watch
from community.watching.models import Watch, WatchLevel
from community.wiki.actions import revise_page
from community.wiki.models import Page
from ideas.board.models import Idea
from ideas.voting.actions import vote_for, withdraw_vote
from ideas.voting.models import Vote
from tests.conftest import sign_in
from tests.security.rooms import furnish


@pytest.fixture
def things(app, cast):
    return furnish(cast, "open", closed=False)


def at_once(app, deeds: list[Callable[[], object]]) -> list[object]:
    """Do them all in threads that start together: results, and refusals as values."""
    begin = Barrier(len(deeds))
    session.rollback()

    def one(deed: Callable[[], object]) -> object:
        with app.app_context():
            begin.wait(timeout=20)
            try:
                return deed()
            except Refusal as refusal:
                return refusal
            finally:
                session.remove()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def as_(member_id: int):
    return viewer_of(session.get_one(Member, member_id))


def test_of_many_answers_accepted_at_once_one_is(app, cast, things):
    topic, ada = things.topic, cast.ada.id
    posts = [
        write_post(topic.thread, prepare(f"Answer {n}."), by=cast.viewer("ben")).id
        for n in range(8)
    ]
    key = topic.id

    def accept(post: int):
        return lambda: accept_answer(
            session.get_one(Topic, key), session.get_one(Post, post), by=as_(ada)
        )

    results = at_once(app, [accept(post) for post in posts])
    assert sum(result is None for result in results) == 1
    assert all(isinstance(result, Conflict) for result in results if result is not None)
    assert session.get_one(Topic, key).accepted_post_id in posts


def test_a_form_sent_many_times_at_once_makes_one_post(app, cast, things):
    thread, ben = things.topic.thread.id, cast.ben.id
    before = session.scalar(select(func.count()).select_from(Post))
    text = prepare("The same form.")

    def send():
        post = write_post(
            session.get_one(Thread, thread), text, by=as_(ben), submission="the-same-form"
        )
        return post.public_id

    made = at_once(app, [send] * 8)
    assert len(set(made)) == 1
    assert session.scalar(select(func.count()).select_from(Post)) == before + 1
    shown = session.scalar(select(func.count()).where(Post.thread_id == thread))
    assert session.get_one(Thread, thread).post_count == shown


def test_of_two_decisions_on_a_case_one_holds(app, cast, things):
    case, people = things.case.id, (cast.mo.id, cast.al.id) * 3
    wanted = (Decision.UPHELD, Decision.REJECTED) * 3

    def decide(member: int, decision: Decision):
        return lambda: decide_case(session.get_one(Case, case), decision, by=as_(member))

    results = at_once(app, [decide(*pair) for pair in zip(people, wanted, strict=True)])
    assert sum(result is None for result in results) == 1
    decided = session.get_one(Case, case)
    winner = people[results.index(None)]
    assert (decided.decision, decided.decided_by_id) == (wanted[results.index(None)], winner)


def test_of_two_decisions_on_an_appeal_one_holds(app, cast, things):
    decide_case(things.case, Decision.UPHELD, by=cast.viewer("mo"))
    appeal_decision(things.post, "It was a fair answer.", by=cast.viewer("ben"))
    case, al = things.case.id, cast.al.id

    def decide(granted: bool):
        return lambda: decide_appeal(session.get_one(Case, case), granted=granted, by=as_(al))

    results = at_once(app, [decide(number % 2 == 0) for number in range(6)])
    assert sum(result is None for result in results) == 1
    assert session.get_one(Appeal, case).granted is (results.index(None) % 2 == 0)


def test_votes_and_withdrawals_in_a_storm_leave_a_true_count(app, cast, things):
    idea = things.idea.id
    voters = [cast.ben.id, cast.cleo.id, cast.eve.id, cast.mo.id]

    def vote(member: int):
        return lambda: vote_for(session.get_one(Idea, idea), by=as_(member))

    def withdraw(member: int):
        return lambda: withdraw_vote(session.get_one(Idea, idea), by=as_(member))

    deeds = [deed(member) for member in voters for deed in (vote, withdraw, vote, vote)]
    at_once(app, deeds)
    at_once(app, [vote(member) for member in voters for _ in range(4)])
    session.expire_all()
    counted = session.scalar(select(func.count()).where(Vote.idea_id == idea))
    assert session.get_one(Idea, idea).vote_count == counted == len(voters)


def test_of_revisions_begun_at_the_same_one_none_is_lost(app, cast, things):
    page = things.page.id
    writers = [cast.ada.id, cast.ben.id, cast.cleo.id, cast.eve.id]
    texts = [prepare(f"Words of writer {n}.") for n in range(4)]

    def revise(member: int, text):
        def deed():
            revise_page(session.get_one(Page, page), text, by=as_(member), base=1)

        return deed

    results = at_once(app, [revise(*pair) for pair in zip(writers, texts, strict=True)])
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 3
    text = session.get_one(Text, session.get_one(Page, page).text_id)
    assert (text.revision, text.source) == (2, texts[results.index(None)].source)


def test_watching_at_once_is_one_watch(app, cast, things):
    topic, cleo = things.topic.id, cast.cleo.id

    def choose():
        watch(session.get_one(Topic, topic), WatchLevel.WATCHING, by=as_(cleo))

    assert at_once(app, [choose] * 6) == [None] * 6
    assert session.scalar(select(func.count()).where(Watch.member_id == cleo)) == 1


def test_one_username_goes_to_one_of_many_who_sign_up_at_once(app, cast):
    browsers = [app.test_client() for _ in range(5)]

    def sign_up(number: int):
        form = {"name": "New", "username": "newcomer", "address": f"new{number}@example.net",
                "password": "a long and rare sentence"}  # fmt: skip
        return lambda: browsers[number].post("/sign-up", data=form).status_code

    statuses = at_once(app, [sign_up(number) for number in range(5)])
    assert max(statuses) < 500
    taken = select(func.count()).where(Profile.username_folded == "newcomer")
    assert (session.scalar(taken) or 0) <= 1


def test_a_member_let_into_a_group_at_once_is_in_it_once(app, cast, things):
    browser = [sign_in(app.test_client(), cast.cleo) for _ in range(6)]
    slug = things.group.slug
    deeds = [lambda one=one: one.post(f"/groups/{slug}/membership").status_code for one in browser]
    assert set(at_once(app, deeds)) == {303}
