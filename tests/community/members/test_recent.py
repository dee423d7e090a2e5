"""What a member's page shows of what they did: only what the reader may read."""

from sqlalchemy import select

from community.database import session
from community.forum.actions import start_topic
from community.members.queries import recent_subjects
from community.spaces.models import Space
from community.subjects import subject_kinds
from community.texts.preparation import prepare
from tests.conftest import sign_in


def write(cast, name, slug, title):
    space = session.scalars(select(Space).where(Space.slug == slug)).one()
    return start_topic(space, title, prepare(f"About {title}."), by=cast.viewer(name))


def titles(cast, author, reader):
    topic = subject_kinds()["topic"].model
    rows = recent_subjects(getattr(cast, author), cast.viewer(reader))
    return [row.title for row in rows if isinstance(row, topic)]


def test_each_reader_sees_what_is_open_to_them(app, cast):
    write(cast, "eve", "plaza", "In the open")
    write(cast, "eve", "floor", "Among ourselves")
    assert titles(cast, "eve", "ada") == ["In the open"]
    assert titles(cast, "eve", "visitor") == ["In the open"]
    assert titles(cast, "eve", "pam") == ["Among ourselves", "In the open"]


def test_the_page_of_one_who_wrote_nothing_says_so(cast, client):
    assert "Nothing to see yet" in client.get("/people/ben").text


def test_who_wrote_nothing_yet_is_shown_where_to_begin(cast, client):
    sign_in(client, cast.ben)
    assert "What you write will stand here." in client.get("/people/ben").text
    assert "What you write" not in client.get("/people/cleo").text
