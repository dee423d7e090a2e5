"""Flags, cases, decisions and appeals."""

import pytest
from sqlalchemy import func, select

from community.audit import AuditEntry, first_broken_entry
from community.database import session, write_transaction
from community.errors import Conflict, Forbidden, NotFound
from community.forum.actions import start_topic
from community.members.models import Role, Segment, SiteRole
from community.moderation.actions import (
    appeal_decision,
    decide_appeal,
    decide_case,
    flag_subject,
)
from community.moderation.models import Case, Decision, Flag, Reason
from community.moderation.queries import open_cases
from community.notifications.models import Notice
from community.policy import may_see
from community.spaces.queries import find_space
from community.subjects import State
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.threads.models import Post
from community.worker import run_jobs
from tests.conftest import sign_in
from tests.world import join


@pytest.fixture
def post(cast) -> Post:
    """Written by Ben under Ada's topic."""
    ada = cast.viewer("ada")
    topic = start_topic(find_space("help", ada), "A topic", prepare("Something."), by=ada)
    return write_post(topic.thread, prepare("Buy cheap things"), by=cast.viewer("ben"))


def heard(member) -> list[str]:
    return list(session.scalars(select(Notice.kind).where(Notice.member_id == member.id)))


def test_flagging_twice_is_one_flag(app, cast, post):
    for _ in range(2):
        flag_subject(post, Reason.SPAM, by=cast.viewer("cleo"))
    assert session.scalar(select(func.count()).select_from(Flag)) == 1
    assert session.scalars(select(Case)).one().flag_count == 1


def test_the_third_flag_hides_the_post_and_tells_its_author(app, cast, post):
    for name in ("ada", "cleo", "eve"):
        flag_subject(post, Reason.SPAM, by=cast.viewer(name))
    run_jobs()
    assert post.state == State.HIDDEN
    assert not may_see(cast.viewer("cleo"), post)
    assert may_see(cast.viewer("ben"), post)
    assert may_see(cast.viewer("mo"), post)
    assert heard(cast.ben) == ["hidden"]


def test_two_flags_hide_nothing(app, cast, post):
    for name in ("ada", "cleo"):
        flag_subject(post, Reason.SPAM, by=cast.viewer(name))
    assert post.state == State.PUBLISHED


def test_nobody_flags_their_own_words(app, cast, post):
    with pytest.raises(Forbidden):
        flag_subject(post, Reason.SPAM, by=cast.viewer("ben"))


def test_who_cannot_read_it_cannot_flag_it(app, cast):
    eve = cast.viewer("eve")
    topic = start_topic(find_space("floor", eve), "Plans", prepare("Secret."), by=eve)
    hidden = write_post(topic.thread, prepare("More."), by=eve)
    with pytest.raises(NotFound):
        flag_subject(hidden, Reason.SPAM, by=cast.viewer("ada"))


def test_the_moderator_of_a_space_sees_its_cases_and_no_others(app, cast, post):
    flag_subject(post, Reason.SPAM, by=cast.viewer("cleo"))
    plaza = find_space("plaza", cast.viewer("ben"))
    topic = start_topic(plaza, "Elsewhere", prepare("Hm."), by=cast.viewer("ben"))
    other = write_post(topic.thread, prepare("Also spam"), by=cast.viewer("ben"))
    case = flag_subject(other, Reason.SPAM, by=cast.viewer("cleo"))
    assert [c.subject_id for c in open_cases(cast.viewer("mo")).items] == [post.id]
    assert len(open_cases(cast.viewer("al")).items) == 2
    with pytest.raises(NotFound):
        decide_case(case, Decision.UPHELD, by=cast.viewer("mo"))


def test_a_decision_is_told_to_the_flagger_and_stands_in_the_audit_log(app, cast, post):
    case = flag_subject(post, Reason.SPAM, by=cast.viewer("cleo"))
    decide_case(case, Decision.UPHELD, by=cast.viewer("mo"), note="Advertising.")
    run_jobs()
    assert post.state == State.HIDDEN
    assert heard(cast.cleo) == ["flag_upheld"]
    assert "hidden" in heard(cast.ben)
    assert session.scalars(select(AuditEntry.deed)).all() == ["flags.upheld"]
    assert first_broken_entry() is None


def test_rejecting_the_flags_brings_back_what_they_hid(app, cast, post):
    for name in ("ada", "cleo", "eve"):
        case = flag_subject(post, Reason.SPAM, by=cast.viewer(name))
    decide_case(case, Decision.REJECTED, by=cast.viewer("mo"))
    run_jobs()
    assert post.state == State.PUBLISHED
    assert heard(cast.cleo) == ["flag_rejected"]


def test_a_case_is_decided_once(app, cast, post):
    case = flag_subject(post, Reason.SPAM, by=cast.viewer("cleo"))
    decide_case(case, Decision.REJECTED, by=cast.viewer("mo"))
    with pytest.raises(Conflict):
        decide_case(case, Decision.UPHELD, by=cast.viewer("al"))


def test_a_moderator_does_not_decide_about_their_own_words(app, cast, post):
    own = write_post(post.thread, prepare("My own."), by=cast.viewer("mo"))
    case = flag_subject(own, Reason.SPAM, by=cast.viewer("cleo"))
    with pytest.raises(Forbidden):
        decide_case(case, Decision.REJECTED, by=cast.viewer("mo"))


def test_an_appeal_is_decided_by_other_eyes_and_brings_the_post_back(app, cast, post):
    case = flag_subject(post, Reason.SPAM, by=cast.viewer("cleo"))
    decide_case(case, Decision.UPHELD, by=cast.viewer("mo"))
    appeal_decision(post, "It was no advertising.", by=cast.viewer("ben"))
    with pytest.raises(Conflict):
        appeal_decision(post, "Again.", by=cast.viewer("ben"))
    with pytest.raises(Forbidden):
        decide_appeal(case, granted=False, by=cast.viewer("mo"))
    decide_appeal(case, granted=True, by=cast.viewer("al"), answer="Right.")
    run_jobs()
    assert post.state == State.PUBLISHED
    assert "appeal_granted" in heard(cast.ben)


def test_only_the_author_may_appeal(app, cast, post):
    case = flag_subject(post, Reason.SPAM, by=cast.viewer("cleo"))
    decide_case(case, Decision.UPHELD, by=cast.viewer("mo"))
    with pytest.raises(Forbidden):
        appeal_decision(post, "Let it be.", by=cast.viewer("al"))


def test_without_a_decision_there_is_nothing_to_object_to(app, cast, post):
    with pytest.raises(Conflict):
        appeal_decision(post, "Why?", by=cast.viewer("ben"))


def test_a_flag_without_a_reason_keeps_what_was_typed(client, cast, post):
    sign_in(client, cast.cleo)
    answer = client.post(f"/flag/post/{post.public_id}", data={"note": "look at the link"})
    assert answer.status_code == 422
    assert "look at the link" in answer.text


def test_to_a_customer_the_queue_does_not_exist(client, cast):
    sign_in(client, cast.ada)
    assert client.get("/moderation").status_code == 404


def test_an_administrator_finds_the_queue_before_there_is_any_space(client, house):
    with write_transaction():
        root = join("root", Segment.EMPLOYEE)
        session.add(SiteRole(member_id=root.id, role=Role.ADMINISTRATOR))
    sign_in(client, root)
    page = client.get("/moderation")
    assert page.status_code == 200
    assert "nothing to look after yet" in page.text
    assert "/admin/spaces" in page.text.split("nothing to look after yet")[1]


def test_the_queue_shows_the_flags_with_their_context(client, cast, post):
    flag_subject(post, Reason.ABUSE, by=cast.viewer("cleo"), note="third time")
    sign_in(client, cast.mo)
    case = session.scalars(select(Case)).one()
    assert case.public_id in client.get("/moderation").text
    page = client.get(f"/moderation/cases/{case.public_id}").text
    assert "third time" in page
    assert "Buy cheap things" in page
    decided = client.post(
        f"/moderation/cases/{case.public_id}/decision", data={"decision": "upheld", "note": "No."}
    )
    assert decided.status_code == 303
    assert session.scalars(select(Post).where(Post.id == post.id)).one().state == State.HIDDEN
