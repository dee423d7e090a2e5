"""Fields that no form has change nothing, ids that are no ids find nothing, parents must match."""

import pytest
from sqlalchemy import inspect

from community.database import Base, session
from community.forum.actions import start_topic
from community.forum.models import Topic
from community.groups.models import Membership
from community.members.models import Member, SiteRole
from community.spaces.models import Space
from community.texts.preparation import prepare
from community.threads.models import Post
from tests.conftest import sign_in
from tests.security.cells import World, address, routes
from tests.security.hostile import FITTING, watching_fields
from tests.security.rooms import furnish

PLANTED = "1"


def every_column() -> dict[str, str]:
    """Each column of the schema as a field, with a value that would be seen if it were taken."""
    names = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    return dict.fromkeys(names, PLANTED) | {
        "role": "administrator",
        "is_admin": "true",
        "actor_id": "1",
        "id": "1",
    }


@pytest.fixture
def world(sqlite_app):
    sqlite_app.config["PROPAGATE_EXCEPTIONS"] = False
    yield World(sqlite_app)
    sqlite_app.config["PROPAGATE_EXCEPTIONS"] = True


@pytest.mark.timeout(600)
def test_no_form_takes_a_column_that_it_does_not_show(world):
    """Each form of a customer twice: as it is, and with every column there is beside it."""
    app, extra, changed = world.app, every_column(), []
    for route in routes(app):
        if route.method != "POST" or route.endpoint == "credentials.sign_out":
            continue
        with app.test_request_context():
            values = address(route, world.values["open"])
            url = app.url_map.bind("localhost").build(route.endpoint, values, method="POST")
        with watching_fields(app) as fields:
            world.browser("ada").post(url, data=FITTING)
        own = dict(FITTING)
        plain = rows_after(world, url, own)
        planted = rows_after(world, url, own | {k: v for k, v in extra.items() if k not in fields})
        for table, column in sorted(plain.keys() | planted.keys()):
            if plain.get((table, column)) != planted.get((table, column)):
                changed.append(f"{route.name}: {table}.{column}")
    assert not changed


VOLATILE = {"public_id", "token", "token_hash", "digest", "link_hash", "hash", "key", "secret"}
STEADY = (int, bool, str, type(None))


def rows_after(world, url: str, fields: dict[str, str]) -> dict[tuple[str, str], list[object]]:
    """What stands in every table after the form was sent; then all is as it was."""
    world._put_back()
    world.browser("ada").post(url, data=fields)
    session.remove()
    found: dict[tuple[str, str], list[object]] = {}
    for table in Base.metadata.sorted_tables:
        rows = session.execute(table.select()).mappings().all()
        for column in table.columns:
            if column.name not in VOLATILE:
                values = [row[column.name] for row in rows]
                found[table.name, column.name] = sorted(
                    str(value) for value in values if isinstance(value, STEADY)
                )
    world._put_back()
    return found


@pytest.mark.parametrize("odd", ["1", "01", "١", "[1]", "true", "null", "-1", "%20", "1e0", "*"])
def test_an_id_is_found_by_itself_alone(cast, client, odd):
    furnish(cast, "open", closed=False)
    browser = sign_in(client, cast.al)
    for place in ("/t/{}", "/ideas/{}", "/posts/{}", "/moderation/cases/{}", "/admin/members/{}",
                  "/articles/{}/edit", "/history/topic/{}", "/flag/post/{}"):  # fmt: skip
        assert browser.get(place.format(odd)).status_code == 404, place


def test_no_integer_key_stands_in_an_address(sqlite_app):
    numbers = {rule.rule for rule in sqlite_app.url_map.iter_rules() if "<int:" in rule.rule}
    assert all("<int:number>" in rule or "<int:place>" in rule for rule in numbers)
    for mapper in Base.registry.mappers:
        if "public_id" in inspect(mapper.class_).columns:
            assert inspect(mapper.class_).columns["public_id"].unique


def test_what_belongs_to_something_else_is_not_taken_for_it(cast, client):
    """An answer of another topic, a reply to another thread's post, a revision of another text."""
    things = furnish(cast, "open", closed=False)
    ada = cast.viewer("ada")
    other = start_topic(things.forum, "Another topic", prepare("Words."), by=ada)
    browser = sign_in(client, cast.ada)
    place = f"/t/{other.public_id}"
    answer = browser.post(f"{place}/answer", data={"post": things.post.public_id})
    assert answer.status_code in (404, 409)
    session.expire_all()
    assert session.get_one(Topic, other.id).accepted_post_id is None
    form = {"text": "To whom?", "reply_to": things.post.public_id}
    answer = browser.post(f"/threads/{other.thread.public_id}/posts", data=form)
    assert answer.status_code == 409 and "To whom?" in answer.text
    assert not session.query(Post).filter_by(reply_to_id=things.post.id).all()
    assert browser.get(f"/history/page/{things.page.public_id}/2").status_code == 404


def test_a_group_decides_about_its_own_people_alone(cast, client):
    """The owner of one group cannot reach into another through its members' addresses."""
    ours, theirs = (furnish(cast, name, closed=False) for name in ("ours", "theirs"))
    browser = sign_in(client, cast.ben)
    ada = cast.ada.public_id
    for what in ("removal", "ownership", "retirement", "admission", "refusal"):
        answer = browser.post(f"/groups/{theirs.group.slug}/members/{ada}/{what}")
        assert answer.status_code == 403
    owners = session.query(Membership).filter_by(owner=True).count()
    assert owners == 2 and ours.group.id != theirs.group.id


def test_nobody_gives_themselves_a_role(cast, client):
    browser = sign_in(client, cast.cleo)
    member = cast.cleo.public_id
    for url in (f"/admin/members/{member}/roles", f"/admin/members/{member}/place"):
        form = {"roles": "administrator", "segment": "employee", "reason": "Because."}
        assert browser.post(url, data=form).status_code == 404
    assert session.query(SiteRole).filter_by(member_id=cast.cleo.id).count() == 0
    assert session.get_one(Member, cast.cleo.id).segment == "customer"


def test_a_method_in_a_header_or_a_field_is_only_words(cast, client):
    furnish(cast, "open", closed=False)
    browser = sign_in(client, cast.al)
    before = session.query(Space).count()
    for headers in ({"X-HTTP-Method-Override": "DELETE"}, {"X-Method-Override": "PUT"}):
        assert browser.get("/latest", headers=headers).status_code == 200
    assert browser.open("/latest", method="TRACE").status_code == 405
    assert browser.post("/latest", data={"_method": "GET"}).status_code == 405
    assert session.query(Space).count() == before
