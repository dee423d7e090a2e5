"""Deciding on ideas: who may, from where to where, and what must be said with it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from community import clock
from community.database import session, write_transaction
from community.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from community.events import EventRow
from community.texts.preparation import prepare
from ideas.board.models import Idea
from ideas.board.statuses import STATUSES, Category, Status
from ideas.releases.models import Release
from ideas.review.actions import change_status
from ideas.review.decisions import Decision, is_link
from ideas.review.models import StatusChange
from ideas.voting.actions import vote_for
from tests.ideas.proposals import REASON, decide, employees_board, propose, walk

PATHS = {
    Status.NEW: (),
    Status.UNDER_REVIEW: (Status.UNDER_REVIEW,),
    Status.NEEDS_INFO: (Status.UNDER_REVIEW, Status.NEEDS_INFO),
    Status.PLANNED: (Status.UNDER_REVIEW, Status.PLANNED),
    Status.IN_PROGRESS: (Status.UNDER_REVIEW, Status.PLANNED, Status.IN_PROGRESS),
    Status.COMMUNITY_BUILD: (Status.UNDER_REVIEW, Status.COMMUNITY_BUILD),
    Status.SHIPPED: (Status.UNDER_REVIEW, Status.COMMUNITY_BUILD, Status.SHIPPED),
    Status.DECLINED: (Status.UNDER_REVIEW, Status.DECLINED),
}


def at(cast, status: Status) -> Idea:
    idea = propose(cast)
    walk(cast, idea, *PATHS[status])
    return idea


def said(**words: object) -> dict[str, object]:
    return {"reason": prepare(REASON), **words}


def test_a_product_manager_decides_and_says_why(app, cast):
    idea = at(cast, Status.UNDER_REVIEW)
    decide(cast, idea, Status.DECLINED, **said())
    assert idea.status == Status.DECLINED
    assert idea.response.text.source == REASON
    assert (idea.change.from_status, idea.change.actor_id) == ("under_review", cast.pam.id)


@pytest.mark.parametrize("name", ["ada", "ben", "eve", "mo"])
def test_others_do_not_decide(app, cast, name):
    with pytest.raises(Forbidden):
        change_status(propose(cast), Decision(Status.UNDER_REVIEW), by=cast.viewer(name))


def test_an_administrator_decides(app, cast):
    idea = propose(cast)
    change_status(idea, Decision(Status.UNDER_REVIEW), by=cast.viewer("al"))
    assert idea.status == Status.UNDER_REVIEW


def test_a_visitor_and_who_cannot_read_it_do_not_decide(app, cast):
    employees_board()
    inside = propose(cast, by="eve", board="inside")
    with pytest.raises(NotSignedIn):
        change_status(propose(cast), Decision(Status.UNDER_REVIEW), by=cast.viewer("visitor"))
    with pytest.raises(NotFound):
        change_status(inside, Decision(Status.UNDER_REVIEW), by=cast.viewer("ada"))


@pytest.mark.parametrize("status", PATHS)
def test_only_what_the_table_allows_may_follow(app, cast, status):
    idea = at(cast, status)
    for wanted in Status:
        if wanted in STATUSES[status].then:
            continue
        decision = Decision(wanted, **said(release="7.4", undated=True))
        with pytest.raises(Conflict):
            change_status(idea, decision, by=cast.viewer("pam"))
    assert idea.status == status


def test_every_status_that_may_follow_is_reached(app, cast):
    """And so every row of the table can be walked to from the first."""
    reached, waiting = {Status.NEW}, [Status.NEW]
    while waiting:
        for status in STATUSES[waiting.pop()].then:
            if status not in reached:
                reached.add(status)
                waiting.append(status)
    assert reached == set(Status) - {Status.WITHDRAWN, Status.REMOVED}


MISSING = [
    (Status.UNDER_REVIEW, Status.PLANNED, {}, "release"),
    (Status.UNDER_REVIEW, Status.PLANNED, {"quarter": "soon"}, "quarter"),
    (Status.UNDER_REVIEW, Status.DECLINED, {}, "reason"),
    (
        Status.UNDER_REVIEW,
        Status.DECLINED,
        {"reason": "No, it is too much work."},
        "reason",
    ),
    (Status.UNDER_REVIEW, Status.NOT_NOW, {"reason": REASON}, "revisit_on"),
    (Status.UNDER_REVIEW, Status.NOT_NOW, {"reason": REASON, "revisit": 0}, "revisit_on"),
    (Status.UNDER_REVIEW, Status.ALREADY_EXISTS, {"reason": REASON}, "link"),
    (
        Status.UNDER_REVIEW,
        Status.ALREADY_EXISTS,
        {"reason": REASON, "link": "data:x"},
        "link",
    ),
    (Status.UNDER_REVIEW, Status.ALREADY_EXISTS, {"link": "/wiki/a"}, "reason"),
    (Status.COMMUNITY_BUILD, Status.SHIPPED, {}, "release"),
    (Status.COMMUNITY_BUILD, Status.SHIPPED, {"release": "x" * 41}, "release"),
    (Status.SHIPPED, Status.MEASURED, {}, "outcome"),
    (Status.SHIPPED, Status.MEASURED, {"outcome": "x" * 501}, "outcome"),
]


@pytest.mark.parametrize(("status", "to", "words", "field"), MISSING)
def test_what_a_status_needs_must_be_said(app, cast, status, to, words, field):
    idea = at(cast, status)
    words = dict(words)
    if "reason" in words:
        words["reason"] = prepare(words["reason"])
    if "revisit" in words:
        words["revisit_on"] = clock.now().date() + timedelta(days=words.pop("revisit"))
    with pytest.raises(Invalid) as refused:
        change_status(idea, Decision(to, **words), by=cast.viewer("pam"))
    assert field in refused.value.errors
    assert idea.status == status
    assert idea.response is None


def test_a_planned_idea_names_a_release_a_quarter_or_says_that_there_is_no_date(app, cast):
    for words in ({"release": "7.4"}, {"quarter": "2027-Q1"}, {"undated": True}):
        idea = at(cast, Status.UNDER_REVIEW)
        change_status(idea, Decision(Status.PLANNED, **words), by=cast.viewer("pam"))
        assert idea.status == Status.PLANNED


def test_what_was_promised_is_carried_on(app, cast):
    idea = at(cast, Status.UNDER_REVIEW)
    decide(cast, idea, Status.PLANNED, release="7.4")
    walk(cast, idea, Status.IN_PROGRESS, Status.TESTING)
    assert idea.change.release.version == "7.4"
    change_status(idea, Decision(Status.SHIPPED), by=cast.viewer("pam"))
    assert idea.change.release.version == "7.4"
    assert idea.change.release.released_at == clock.now() or idea.change.release.released_at


def test_a_slip_replaces_the_promise(app, cast):
    idea = at(cast, Status.UNDER_REVIEW)
    decide(cast, idea, Status.PLANNED, release="7.4")
    decide(cast, idea, Status.IN_PROGRESS)
    decide(cast, idea, Status.PLANNED, quarter="2027-Q3")
    assert (idea.change.release_id, idea.change.quarter) == (None, "2027-Q3")


def test_back_under_review_nothing_is_promised(app, cast):
    idea = at(cast, Status.UNDER_REVIEW)
    decide(cast, idea, Status.PLANNED, release="7.4")
    decide(cast, idea, Status.UNDER_REVIEW)
    assert (idea.change.release_id, idea.change.undated) == (None, False)


def test_a_release_is_named_once_and_is_out_when_something_shipped_in_it(app, cast):
    for _number in range(2):
        idea = at(cast, Status.COMMUNITY_BUILD)
        decide(cast, idea, Status.SHIPPED, release=" 7.3 ")
    (release,) = session.scalars(select(Release)).all()
    assert (release.version, release.released_at is not None) == ("7.3", True)


def test_every_move_is_an_event_and_a_row(app, cast):
    idea = at(cast, Status.DECLINED)
    moves = session.scalars(
        select(EventRow).where(EventRow.name == "IdeaStatusChanged").order_by(EventRow.id)
    ).all()
    assert [move.payload["to_status"] for move in moves] == ["under_review", "declined"]
    assert moves[1].payload["response_id"] == idea.response_id
    assert len(session.scalars(select(StatusChange)).all()) == 2


def test_votes_stay_through_every_decision(app, cast):
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("ben"))
    walk(cast, idea, Status.UNDER_REVIEW, Status.DECLINED)
    assert idea.vote_count == 1


def test_of_two_decisions_at_once_one_is_refused(app, cast, monkeypatch):
    idea = at(cast, Status.UNDER_REVIEW)
    from ideas.review import actions

    recorded = actions._record

    def and_somebody_else_decides(*args):
        change = recorded(*args)
        session.execute(update(Idea).values(status=Status.NEEDS_INFO))
        return change

    monkeypatch.setattr(actions, "_record", and_somebody_else_decides)
    with pytest.raises(Conflict, match="Somebody else"):
        decide(cast, idea, Status.DECLINED)


def test_an_idea_that_was_taken_away_is_not_decided_on(app, cast):
    idea = propose(cast)
    with write_transaction():
        session.get_one(Idea, idea.id).state = "deleted"
    with pytest.raises(Forbidden):
        decide(cast, idea, Status.UNDER_REVIEW)


def test_links_are_addresses_here_or_elsewhere():
    assert is_link("/wiki/a") and is_link("https://example.org/a")
    for bad in ("//evil.example", "javascript:alert(1)", "wiki", "/a b", "/" + "a" * 500):
        assert not is_link(bad)


def test_categories_hold_the_statuses_they_are_said_to():
    by_category = {
        category: {str(s) for s, kind in STATUSES.items() if kind.category == category}
        for category in Category
    }
    assert by_category == {
        Category.OPEN: {"new", "under_review", "needs_info"},
        Category.COMMITTED: {"planned", "in_progress", "testing", "community_build"},
        Category.DONE: {"shipped", "measured", "already_exists"},
        Category.CLOSED: {"not_now", "declined", "withdrawn", "removed"},
    }
