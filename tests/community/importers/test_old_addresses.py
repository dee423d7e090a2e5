"""Links to the place a history came from lead on to here."""

import pytest
from sqlalchemy import select, update

from community.audiences import Grant, bump_access
from community.database import session, write_transaction
from community.forum.models import Topic
from community.foundation import lay_foundation
from community.importers.stackexchange.bringing_in import import_stackexchange
from community.threads.models import Post

DUMP = (
    "<posts>"
    '<row Id="11" PostTypeId="1" CreationDate="2020-01-01T00:00:00" Title="Why" Body="a" '
    'OwnerDisplayName="Ann"/>'
    '<row Id="12" PostTypeId="2" ParentId="11" CreationDate="2020-01-02T00:00:00" Body="b" '
    'OwnerDisplayName="Bob"/>'
    "</posts>"
)


@pytest.fixture
def imported(sqlite_app, tmp_path) -> Topic:
    (tmp_path / "Posts.xml").write_text(DUMP)
    with write_transaction():
        lay_foundation()
    import_stackexchange(tmp_path)
    return session.scalars(select(Topic)).one()


@pytest.mark.parametrize("path", ["/questions/11", "/questions/11/why", "/q/11", "/q/11/3"])
def test_an_old_question_leads_to_its_topic(client, imported, path):
    answer = client.get(path)
    assert answer.status_code == 301
    assert answer.location == f"/t/{imported.public_id}/{imported.slug}"


def test_an_old_answer_leads_to_its_post(client, imported):
    answer = client.get("/a/12")
    assert answer.status_code == 301
    assert answer.location.endswith("#p2")
    assert session.query(Post).count() == 2


def test_an_old_address_of_what_one_may_not_see_is_one_that_never_was(client, imported):
    with write_transaction():
        session.execute(update(Topic).values(state="deleted"))
        session.query(Grant).delete()
        bump_access()
    hidden, absent = client.get("/questions/11"), client.get("/questions/99")
    assert hidden.status_code == 404
    assert hidden.data == absent.data
    assert "Location" not in hidden.headers
