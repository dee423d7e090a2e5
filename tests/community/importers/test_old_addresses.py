"""Links to the place a history came from lead on to here."""

import pytest
from sqlalchemy import select, update

from community.audiences import Grant, bump_access
from community.database import session, write_transaction
from community.forum.models import Topic
from community.foundation import lay_foundation
from community.importers.models import Origin
from community.importers.stackexchange.bringing_in import import_stackexchange
from community.threads.models import Post
from tests.community.importers.forum import bring_in, said
from tests.community.importers.forum import topic as discourse_topic

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


@pytest.fixture
def forum(sqlite_app, tmp_path) -> Topic:
    posts = [said(number, "mira", f"post {number}") for number in (1, 2, 3)]
    bring_in(tmp_path, discourse_topic(2016, "Old times", *posts))
    return session.scalars(select(Topic)).one()


@pytest.mark.parametrize("path", ["/t/old-times/2016", "/t/2016", "/t/-/2016?u=mira"])
def test_an_old_discourse_topic_leads_to_its_topic(client, forum, path):
    answer = client.get(path)
    assert answer.status_code == 301
    assert answer.location == f"/t/{forum.public_id}/old-times"


@pytest.mark.parametrize("path", ["/t/old-times/2016/3", "/t/2016/3", "/p/{}"])
def test_an_old_discourse_post_leads_to_its_post(client, forum, path):
    external = session.scalars(select(Origin.external_id).where(Origin.kind == "post")).all()
    answer = client.get(path.format(external[2]))
    assert answer.status_code == 301
    assert answer.location == f"/t/{forum.public_id}/old-times?post=3#p3"


def test_a_topic_of_the_house_whose_title_is_a_number_keeps_its_address(client, forum):
    with write_transaction():
        session.execute(update(Topic).values(slug="2016"))
    assert client.get(f"/t/{forum.public_id}/2016").status_code == 200
    assert client.get(f"/t/{forum.public_id}/17").location == f"/t/{forum.public_id}/2016"
    assert client.get("/t/old-times/2016").location == f"/t/{forum.public_id}/2016"


def test_old_discourse_addresses_of_what_one_may_not_see_never_were(client, forum):
    with write_transaction():
        session.execute(update(Topic).values(state="hidden"))
        session.query(Grant).delete()
        bump_access()
    absent = client.get("/questions/99")
    for path in ("/t/old-times/2016", "/t/2016", "/t/old-times/2016/3", "/t/x/77", "/p/1"):
        hidden = client.get(path)
        assert hidden.status_code == 404
        assert hidden.data == absent.data, path
