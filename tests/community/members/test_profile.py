"""A member's page, picture, settings and place in the directory."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from community.attachments.files import path_of
from community.attachments.models import Attachment
from community.database import session, write_transaction
from community.errors import Forbidden
from community.events import EventRow
from community.members.actions import change_profile
from community.members.models import Member, MemberState, Segment
from community.members.pictures import encode_picture, keep_picture
from community.policy import may_see, visible
from tests.conftest import sign_in
from tests.world import join

PROFILE = {
    "name": "Ada Byron",
    "headline": "Keeps the numbers",
    "location": "Turin",
    "about": "I *count*.",
}
XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'`javascript:alert(1)"


def picture(size=(600, 400), kind="PNG", **more):
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **more)
    file.seek(0)
    return file


def send_picture(client, file, name="me.png"):
    return client.post("/settings/picture", data={"picture": (file, name)})


def test_one_changes_ones_profile_and_others_see_it(app, cast):
    ada, ben = (sign_in(app.test_client(), member) for member in (cast.ada, cast.ben))
    assert ada.post("/settings/profile", data=PROFILE).status_code == 303
    page = ben.get("/people/ada").text
    assert "Keeps the numbers" in page and "<em>count</em>" in page and "Turin" in page
    assert "Nordlicht" in page
    events = session.scalars(select(EventRow).where(EventRow.name == "ProfileChanged")).all()
    assert [row.payload["renamed"] for row in events] == [True]


def test_a_visitor_sees_neither_the_text_nor_the_company(cast, house):
    sign_in(house.test_client(), cast.ada).post("/settings/profile", data=PROFILE)
    page = house.test_client().get("/people/ada").text
    assert "Keeps the numbers" in page
    for private in ("count", "Turin", "Nordlicht", "ada@example.org"):
        assert private not in page


def test_nobody_changes_anothers(cast):
    with pytest.raises(Forbidden):
        change_profile(
            cast.ada, by=cast.viewer("al"), name="X", headline="", location="", about=None
        )


def test_an_emptied_text_is_gone(cast, client):
    sign_in(client, cast.ada)
    client.post("/settings/profile", data=PROFILE)
    client.post("/settings/profile", data=PROFILE | {"about": " \u200b "})
    session.refresh(cast.ada.profile)
    assert cast.ada.profile.about_text_id is None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", " \u200b", "Please say what you are called."),
        ("name", "x" * 10_001, "10,001 characters; at most 80."),
        ("headline", "x" * 121, "121 characters; at most 120."),
        ("location", "x" * 81, "81 characters; at most 80."),
        ("about", "x" * 10_001, "10,001 characters; at most 10,000"),
    ],
)
def test_over_a_limit_the_field_is_named_and_the_rest_kept(cast, client, field, value, said):
    answer = sign_in(client, cast.ada).post("/settings/profile", data=PROFILE | {field: value})
    assert answer.status_code == 422 and said in answer.text
    kept = "Keeps the numbers" if field != "headline" else "Turin"
    assert kept in answer.text


def test_what_cannot_be_stored_is_refused(cast, client):
    answer = sign_in(client, cast.ada).post("/settings/profile", data=PROFILE | {"name": "A\x00da"})
    assert answer.status_code == 400
    assert "characters that cannot be stored (position 1)" in answer.text


def test_every_field_takes_the_polyglot_and_shows_it_as_text(cast, client):
    fields = {"name": XSS[:80], "headline": XSS[:120], "location": XSS[:80], "about": XSS}
    sign_in(client, cast.ada).post("/settings/profile", data=fields)
    for address in ("/people/ada", "/people", "/settings/profile"):
        text = client.get(address).text
        assert "<script>alert" not in text and "<img src=x" not in text


def test_a_picture_is_cut_square_and_written_anew(cast, client):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    assert (
        send_picture(sign_in(client, cast.ada), picture(kind="JPEG", exif=exif)).status_code == 303
    )
    session.refresh(cast.ada.profile)
    url = cast.ada.picture_url
    answer = client.get(url)
    shown = Image.open(io.BytesIO(answer.data))
    assert (shown.format, shown.size) == ("WEBP", (256, 256))
    assert b"SecretCamera" not in answer.data and "immutable" in answer.headers["Cache-Control"]
    assert url in client.get("/people/ada").text


def test_the_former_picture_is_deleted(cast, client):
    send_picture(sign_in(client, cast.ada), picture())
    [first] = session.scalars(select(Attachment.digest))
    send_picture(client, picture(size=(90, 90)))
    session.rollback()
    [second] = session.scalars(select(Attachment.digest))
    assert not path_of(first).exists() and path_of(second).exists()
    client.post("/settings/picture/delete")
    session.rollback()
    assert session.scalar(select(Attachment.id)) is None and not path_of(second).exists()


def test_two_with_the_same_picture_keep_it_when_one_takes_it_away(cast, house):
    ada, ben = (sign_in(house.test_client(), member) for member in (cast.ada, cast.ben))
    for client in (ada, ben):
        send_picture(client, picture())
    ada.post("/settings/picture/delete")
    session.refresh(cast.ben.profile)
    assert ada.get(cast.ben.picture_url).status_code == 200


def test_a_file_that_is_nobodys_picture_is_not_served_as_one(cast, client):
    with write_transaction():
        file = keep_picture(encode_picture(picture().read()), uploader_id=cast.ada.id)
        session.add(file)
    assert client.get(f"/pictures/{file.public_id}.webp").status_code == 404


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"MZ\x90\x00 not a picture", 415),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, 415),
        (b"\x89PNG" + b"\0" * (8 * 1024 * 1024 + 1), 413),
    ],
)
def test_what_is_no_picture_is_refused(cast, client, content, status):
    answer = send_picture(sign_in(client, cast.ada), io.BytesIO(content))
    assert answer.status_code == status
    assert "Pictures: PNG, JPEG, GIF, WebP" in answer.text or status == 422


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(cast, client):
    answer = send_picture(sign_in(client, cast.ada), picture(size=(9000, 9000)))
    assert answer.status_code == 422 and "40 MP" in answer.text


def test_a_picture_that_never_was_is_not_found(cast, client):
    for name in ("abcdefgh", "..", "%2e%2e%2fsecret_key", "a"):
        assert client.get(f"/pictures/{name}.webp").status_code == 404


def test_settings_take_what_exists_and_nothing_else(cast, client):
    sign_in(client, cast.ada)
    good = {"language": "en", "timezone": "Europe/Berlin", "theme": "dark"}
    assert client.post("/settings", data=good).status_code == 303
    session.refresh(cast.ada.profile)
    assert (cast.ada.profile.timezone, cast.ada.profile.theme) == ("Europe/Berlin", "dark")
    for wrong in ({"language": "xx"}, {"timezone": "../etc/passwd"}, {"theme": "<b>"}):
        assert client.post("/settings", data=good | wrong).status_code == 422


def test_nobody_is_asked_for_a_language_where_there_is_one(cast, client):
    sign_in(client, cast.ada)
    assert 'name="language"' not in client.get("/settings").text
    chosen = {"timezone": "Europe/Berlin", "theme": ""}
    assert client.post("/settings", data=chosen).status_code == 303
    session.refresh(cast.ada.profile)
    assert cast.ada.profile.language == "en"


def test_what_is_not_there_comes_in_the_colours_one_chose(cast, client):
    sign_in(client, cast.ada)
    assert 'data-theme="dark"' not in client.get("/t/nothing").text
    client.post("/settings", data={"timezone": "UTC", "theme": "dark"})
    missing = client.get("/t/nothing")
    assert missing.status_code == 404
    assert 'data-theme="dark"' in missing.text


def test_the_directory_is_for_members_and_pages_by_key(cast, house):
    with write_transaction():
        for number in range(60):
            join(f"guest{number:02}", Segment.PUBLIC)
    assert house.test_client().get("/people").status_code == 404
    ada = sign_in(house.test_client(), cast.ada)
    first = ada.get("/people").text
    assert "Guest00" in first and "Pam" not in first
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Pam" in ada.get(following).text
    assert "the start" in ada.get("/people?after=forged").text
    found = ada.get("/people?q=GUEST5&segment=public").text
    assert "Guest55" in found and "Guest04" not in found


def test_who_left_or_is_suspended_is_found_as_little_as_who_never_was(cast, house):
    with write_transaction():
        cast.ben.state = MemberState.SUSPENDED
    ada, al = (sign_in(house.test_client(), member) for member in (cast.ada, cast.al))
    gone, absent = ada.get("/people/ben"), ada.get("/people/nobody-here")
    assert gone.status_code == absent.status_code == 404 and gone.data == absent.data
    assert "suspended" in al.get("/people/ben").text


@pytest.mark.parametrize("state", list(MemberState))
def test_the_check_and_the_filter_agree(cast, state):
    with write_transaction():
        cast.ben.state = state
    for name in ("visitor", "ada", "eve", "mo", "al"):
        viewer = cast.viewer(name)
        found = set(session.scalars(select(Member.id).where(visible(Member, viewer))))
        assert found == {m.id for m in session.scalars(select(Member)) if may_see(viewer, m)}


def test_an_address_in_another_case_leads_to_the_one(cast, client):
    answer = client.get("/people/ADA")
    assert answer.status_code == 301 and answer.headers["Location"] == "/people/ada"
