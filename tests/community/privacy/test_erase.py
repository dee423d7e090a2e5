"""Erasing a person: nothing of them is found in any table, index or file; what they wrote stays."""

import json

import pytest
from flask import current_app
from sqlalchemy import inspect, select, text

from community import erasure
from community.audit import first_broken_entry
from community.config import settings
from community.credentials.models import EmailAddress
from community.database import Base, after_commit, db, session
from community.errors import Conflict, Forbidden, NotFound
from community.events import EventRow
from community.forum.models import Topic
from community.members.models import Member, MemberState, Profile
from community.privacy.actions import ask_for_erasure
from community.search import indexing
from community.texts.models import Text
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.viewer import SYSTEM
from community.worker import run_jobs
from tests.community.privacy.rich import ADDRESS, NAME, USERNAME, VALUES, become_rich
from tests.conftest import sign_in
from tests.world import PASSWORD


def in_tables():
    """Where a value of the person's stands in the database, as "table: value"."""
    found = set()
    for name in inspect(db.engine).get_table_names():  # those of the search index, too
        table = Base.metadata.tables.get(name)
        rows = select(table) if table is not None else text(f'SELECT * FROM "{name}"')
        for row in session.execute(rows):
            said = json.dumps(list(row), default=str, ensure_ascii=False).casefold()
            found |= {f"{name}: {value}" for value in VALUES if value.casefold() in said}
    session.rollback()
    return found


def in_files():
    """Which files hold a value of the person's: databases, indexes, mail, pictures."""
    found = set()
    session.rollback()
    # Reading the database's file takes away the locks this process holds on it.
    db.engine.dispose()
    current_app.extensions["front"].forget()
    for path in settings().data_dir.rglob("*"):
        content = path.read_bytes().lower() if path.is_file() else b""
        for value in VALUES:
            if value.casefold().encode() in content or value.casefold() in path.name.casefold():
                found.add(f"{path.name}: {value}")
    return found


@pytest.fixture
def erased(cast, house):
    become_rich(cast, house)
    assert in_tables() and in_files()
    ask_for_erasure(cast.ada, by=cast.viewer("ada"))
    run_jobs()
    session.expire_all()
    return cast


def test_no_table_knows_the_person_any_more(app, erased):
    assert indexing.place().current().size()
    assert in_tables() == set()


def test_no_file_and_no_index_does(erased):
    assert in_files() == set()


def test_what_they_wrote_stays_signed_by_a_former_member(erased, client):
    topic = session.scalars(select(Topic).where(Topic.author_id == erased.ada.id)).one()
    page = client.get(f"/t/{topic.public_id}/{topic.slug}")
    assert page.status_code == 200 and "Former member" in page.text
    assert NAME not in page.text and USERNAME not in page.text


def test_mentions_and_quotes_name_nobody(erased):
    texts = session.scalars(select(Text).where(Text.html.contains("quote__source"))).all()
    assert len(texts) == 1 and ">Former member</a>" in texts[0].html
    assert "a former member" in texts[0].source and 'class="mention"' not in texts[0].html


def test_the_number_leads_to_nobody(erased):
    member = session.get_one(Member, erased.ada.id)
    assert member.state == MemberState.ERASED and member.profile is None
    assert member.organization_id is None and member.name == "Former member"
    assert session.get(Profile, member.id) is None
    told = session.scalars(select(EventRow).where(EventRow.name == "MemberErased")).one()
    assert told.payload["member_id"] == member.id


def test_who_was_named_meanwhile_is_named_on_no_page_that_is_kept(cast, client, monkeypatch):
    become_rich(cast, client.application)
    topic = session.scalars(select(Topic)).first()
    assert topic
    address = f"/t/{topic.public_id}/{topic.slug}"

    def name_them():
        monkeypatch.setattr(erasure, "_erasers", erasers)
        write_post(topic.thread, prepare(f"As {NAME} told me."), by=cast.viewer("ben"))
        assert all(NAME in client.get(address).text for _time in range(3))

    erasers = erasure.erasers()
    meanwhile = [*erasers, lambda _person: after_commit(name_them)]
    monkeypatch.setattr(erasure, "_erasers", meanwhile)
    ask_for_erasure(cast.ada, by=cast.viewer("ada"))
    run_jobs()
    assert not in_tables()
    assert NAME not in client.get(address).text


def test_the_chain_of_the_audit_log_is_whole(erased):
    assert first_broken_entry() is None


def test_others_keep_their_names_and_addresses(erased, client):
    assert session.scalar(select(EmailAddress).where(EmailAddress.folded == "ben@example.org"))
    assert "Ben" in sign_in(client, erased.ben).get("/people/ben").text


def test_the_page_is_gone_like_one_that_never_was(erased, client):
    gone, absent = client.get(f"/people/{USERNAME}"), client.get("/people/never-was")
    assert gone.status_code == absent.status_code == 404 and gone.data == absent.data


def test_the_name_and_the_address_are_free_again(erased, client):
    form = {
        "name": "Somebody",
        "username": USERNAME,
        "address": ADDRESS,
        "password": "odd teapots fly",
    }
    assert client.post("/sign-up", data=form).status_code == 303


def test_a_second_run_changes_nothing(erased):
    from community.privacy.erasing import erase

    erase(erased.ada.id)
    assert session.get_one(Member, erased.ada.id).profile is None


@pytest.mark.parametrize(
    ("name", "refusal"), [("ben", Forbidden), ("al", Forbidden), ("mo", Forbidden)]
)
def test_nobody_erases_another(cast, name, refusal):
    with pytest.raises(refusal):
        ask_for_erasure(cast.ada, by=cast.viewer(name))


def test_who_has_a_role_gives_it_up_first(cast):
    with pytest.raises(Forbidden):
        ask_for_erasure(cast.al, by=cast.viewer("al"))
    with pytest.raises(Conflict):
        ask_for_erasure(cast.al, by=SYSTEM)


def test_it_takes_the_password_and_two_words(cast, house, client):
    sign_in(client, cast.ada)
    elsewhere = sign_in(house.test_client(), cast.ada)
    right = {"current_password": PASSWORD, "word": "Erase me"}
    for wrong in ({"word": "yes"}, {"current_password": "wrong"}):
        assert client.post("/settings/erase", data=right | wrong).status_code == 422
    assert client.post("/settings/erase", data=right).status_code == 303
    for browser in (client, elsewhere):
        assert browser.get("/settings").status_code == 302


def test_from_the_console(cast, house):
    said = house.test_cli_runner().invoke(args=["member", "erase", "ben", "--yes"])
    assert said.output.strip().endswith("Erased.")
    session.expire_all()
    assert session.get_one(Member, cast.ben.id).profile is None
    with pytest.raises(NotFound):
        ask_for_erasure(cast.ben, by=cast.viewer("al"))
