"""What moderators took out of sight stays out of sight, whatever its author tries."""

import pytest
from sqlalchemy import select

from community.database import session
from community.forum.care import delete_topic, hide_topic, move_topic
from community.moderation.actions import decide_case, flag_subject
from community.moderation.models import Case, Decision, Reason
from community.policy import can
from community.subjects import State
from community.threads.actions import delete_post, hide_post
from tests.conftest import sign_in
from tests.security.rooms import furnish


@pytest.fixture
def things(cast, house):
    return furnish(cast, "plain", closed=False)


def test_an_author_cannot_delete_and_restore_a_post_that_was_hidden(cast, things):
    hide_post(things.post, by=cast.viewer("mo"))
    assert not can(cast.viewer("ben"), "post.delete", things.post)
    assert not can(cast.viewer("ben"), "post.restore", things.post)
    assert can(cast.viewer("mo"), "post.delete", things.post)


def test_an_author_cannot_delete_and_restore_a_topic_that_was_hidden(cast, things):
    delete_post(things.post, by=cast.viewer("ben"))
    hide_topic(things.topic, by=cast.viewer("mo"))
    assert not can(cast.viewer("ada"), "topic.delete", things.topic)


@pytest.mark.parametrize("kind", ["page", "article"])
def test_an_author_cannot_delete_and_restore_what_was_hidden(cast, things, kind):
    subject = getattr(things, kind)
    flag_subject(subject, Reason.SPAM, by=cast.viewer("cleo"))
    case = session.scalars(select(Case).where(Case.subject_kind == kind)).one()
    decide_case(case, Decision.UPHELD, by=cast.viewer("mo"))
    assert subject.state == State.HIDDEN
    assert not can(cast.viewer("ada"), f"{kind}.delete", subject)
    assert can(cast.viewer("mo"), f"{kind}.delete", subject)


def test_deleting_before_the_decision_does_not_let_the_author_bring_it_back(cast, things):
    delete_post(things.post, by=cast.viewer("ben"))
    decide_case(things.case, Decision.UPHELD, by=cast.viewer("mo"))
    assert not can(cast.viewer("ben"), "post.restore", things.post)
    assert can(cast.viewer("mo"), "post.restore", things.post)


def test_deleting_a_topic_before_the_decision_does_not_let_its_author_bring_it_back(cast, things):
    delete_post(things.post, by=cast.viewer("ben"))
    case = flag_subject(things.topic, Reason.SPAM, by=cast.viewer("cleo"))
    delete_topic(things.topic, by=cast.viewer("ada"))
    decide_case(case, Decision.UPHELD, by=cast.viewer("mo"))
    assert not can(cast.viewer("ada"), "topic.restore", things.topic)


def test_the_case_of_a_moved_topic_is_closed_to_who_cannot_follow_it(cast, house, client, things):
    """Mo looks after the open forum, and not after the space of one organization."""
    closed = furnish(cast, "closed", closed=True)
    move_topic(things.topic, closed.forum, by=cast.viewer("al"))
    browser = sign_in(client, cast.mo)
    assert browser.get(f"/moderation/cases/{things.case.public_id}").status_code == 404
    queue = browser.get("/moderation")
    assert things.topic.title not in queue.text
    decision = f"/moderation/cases/{things.case.public_id}/decision"
    assert browser.post(decision, data={"decision": "upheld"}).status_code == 404


def test_the_case_of_a_moved_topic_goes_to_those_who_look_after_its_new_place(
    cast, house, client, things
):
    closed = furnish(cast, "closed", closed=True)
    move_topic(things.topic, closed.forum, by=cast.viewer("al"))
    browser = sign_in(client, cast.al)
    assert browser.get(f"/moderation/cases/{things.case.public_id}").status_code == 200
