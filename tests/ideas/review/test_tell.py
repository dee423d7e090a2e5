"""Who hears of decisions and answers, when, and only once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from community import clock
from community.audiences import Level, set_grant
from community.buffers import flush
from community.database import session, write_transaction
from community.events import occurring
from community.notifications.models import Notice
from community.texts.preparation import prepare
from community.watching.actions import watch
from community.watching.models import WatchLevel
from community.worker import run_jobs
from ideas.board.actions import remove_idea, restore_idea
from ideas.board.statuses import Status
from ideas.review.actions import respond, undo_status_change
from ideas.review.jobs import tell_of_status
from ideas.voting.actions import vote_for
from tests.conftest import sign_in
from tests.ideas.proposals import decide, propose
from tests.ideas.ranking.test_pages import PERSON
from tests.world import group


@pytest.fixture
def idea(app, cast):
    """Ada's, with Ben's vote."""
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("ben"))
    decide(cast, idea, Status.UNDER_REVIEW)
    later()
    with write_transaction():
        session.execute(Notice.__table__.delete())
    return idea


def later(minutes: int = 11) -> None:
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        run_jobs()


def heard() -> dict[int, str]:
    session.rollback()
    return {notice.member_id: notice.kind for notice in session.scalars(select(Notice))}


def test_author_and_voters_hear_that_it_is_planned(cast, idea):
    decide(cast, idea, Status.PLANNED)
    later()
    assert heard() == {cast.ada.id: "idea_planned", cast.ben.id: "idea_planned"}


def test_for_ten_minutes_nobody_hears_and_what_is_undone_is_never_told(cast, idea):
    decide(cast, idea, Status.DECLINED)
    later(9)
    assert heard() == {}
    undo_status_change(idea, by=cast.viewer("pam"))
    later()
    assert heard() == {}


def test_a_question_is_put_to_the_author_and_shown_to_voters(cast, idea):
    decide(cast, idea, Status.NEEDS_INFO, reason=prepare("Which report do you mean?"))
    later()
    assert heard() == {cast.ada.id: "idea_asked", cast.ben.id: "idea_open_question"}


def test_that_it_is_looked_at_only_the_author_hears(app, cast):
    idea = propose(cast)
    vote_for(idea, by=cast.viewer("ben"))
    decide(cast, idea, Status.UNDER_REVIEW)
    later()
    assert heard() == {cast.ada.id: "idea_under_review"}


def test_who_watches_hears_and_who_muted_does_not(cast, idea):
    watch(idea, WatchLevel.MUTED, by=cast.viewer("ben"))
    watch(idea, WatchLevel.WATCHING, by=cast.viewer("cleo"))
    decide(cast, idea, Status.PLANNED)
    later()
    assert set(heard()) == {cast.ada.id, cast.cleo.id}


def test_who_can_no_longer_read_it_hears_nothing(cast, idea):
    decide(cast, idea, Status.PLANNED)
    with write_transaction():
        for key in ("everyone", "members"):
            set_grant(idea.space.audience, Level.NONE, group=group(key))
    later()
    assert heard() == {}


def test_telling_twice_tells_once(cast, idea):
    decide(cast, idea, Status.PLANNED)
    later()
    (event_id,) = {notice.event_id for notice in session.scalars(select(Notice))}
    tell_of_status(event_id)
    assert len(heard()) == 2


def test_an_answer_is_told_and_the_reason_of_a_move_only_with_it(cast, idea):
    respond(idea, prepare("We are looking into it."), by=cast.viewer("pam"))
    later()
    assert heard() == {cast.ada.id: "idea_answered", cast.ben.id: "idea_answer_to_read"}
    decide(cast, idea, Status.DECLINED)
    run_jobs()
    assert len(session.scalars(select(Notice)).all()) == 2


def test_imported_history_tells_nobody(cast, idea):
    with occurring(source="import"):
        decide(cast, idea, Status.DECLINED)
    later()
    assert heard() == {}


def test_notices_go_and_come_back_with_the_idea(cast, idea):
    decide(cast, idea, Status.PLANNED)
    later()
    remove_idea(idea, by=cast.viewer("pam"))
    run_jobs()
    assert all(notice.withdrawn for notice in session.scalars(select(Notice)))
    restore_idea(idea, by=cast.viewer("pam"))
    run_jobs()
    assert not any(notice.withdrawn for notice in session.scalars(select(Notice)))


def test_opening_the_idea_is_seeing_the_notice(cast, idea, app):
    decide(cast, idea, Status.PLANNED)
    later()
    client = sign_in(app.test_client(), cast.ben)
    with clock.at(clock.now() + timedelta(minutes=20)):
        client.get(f"/ideas/{idea.public_id}", headers=PERSON)
        flush()
        run_jobs()
    seen = {notice.member_id: notice.seen_at for notice in session.scalars(select(Notice))}
    assert seen[cast.ben.id] and not seen[cast.ada.id]


def test_voters_are_mailed_that_it_shipped(cast, idea, app):
    decide(cast, idea, Status.COMMUNITY_BUILD)
    decide(cast, idea, Status.SHIPPED)
    later()
    later(25)
    sent = "\n".join(
        file.read_text() for file in (app.config["SETTINGS"].data_dir / "mail").iterdir()
    )
    assert "it has shipped" in sent.replace("=\n", "")
