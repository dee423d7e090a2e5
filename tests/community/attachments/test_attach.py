"""Files and pictures: taken in clean, open to those who may read what shows them."""

import io
import zlib

import pytest
from PIL import Image

from community import clock
from community.attachments.actions import attach, check_file, markdown_of
from community.attachments.files import clean_name, path_of
from community.attachments.jobs import sweep
from community.attachments.models import Attachment
from community.database import session
from community.errors import Invalid, NotSignedIn, TooLarge, UnsupportedKind
from community.forum.actions import start_topic
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.threads.actions import delete_post, edit_post, write_post
from tests.conftest import sign_in


def png(size=(8, 8), **options) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "green").save(written, "PNG", **options)
    return written.getvalue()


def address(attachment: Attachment) -> str:
    return f"/files/{attachment.public_id}/{attachment.name}"


@pytest.fixture
def shown(cast):
    """A picture of Eve's in a topic that only employees read."""
    eve = cast.viewer("eve")
    picture = attach(check_file("plan.png", png()), by=eve)
    topic = start_topic(find_space("floor", eve), "Plans", prepare(markdown_of(picture)), by=eve)
    return topic, picture


def test_a_picture_is_open_to_those_who_may_read_its_text_and_to_nobody_else(client, cast, shown):
    _, picture = shown
    for name, status in (("pam", 200), ("ada", 404), ("al", 200)):
        browser = client.application.test_client()
        sign_in(browser, getattr(cast, name))
        assert browser.get(address(picture)).status_code == status, name
    assert client.get(address(picture)).status_code == 404


def test_naming_another_s_file_in_one_s_own_text_opens_nothing(client, cast, shown):
    _, picture = shown
    ada = cast.viewer("ada")
    text = prepare(f"look: {markdown_of(picture)}")
    start_topic(find_space("help", ada), "Mine", text, by=ada)
    sign_in(client, cast.ada)
    assert client.get(address(picture)).status_code == 404


def test_what_leaves_the_text_or_is_deleted_is_closed_at_once(client, cast, shown):
    topic, picture = shown
    eve, pam = cast.viewer("eve"), client.application.test_client()
    sign_in(pam, cast.pam)
    post = write_post(topic.thread, prepare("words"), by=eve)
    second = attach(check_file("two.png", png((9, 9))), by=eve)
    edit_post(post, prepare(markdown_of(second)), by=eve, base=1)
    assert pam.get(address(second)).status_code == 200
    delete_post(post, by=eve)
    assert pam.get(address(second)).status_code == 404
    assert pam.get(address(picture)).status_code == 200


def test_a_picture_keeps_nothing_that_the_camera_noted(sqlite_app):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    written = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(written, "JPEG", exif=exif)
    kept = check_file("photo.jpg", written.getvalue())
    assert b"SecretCamera" in written.getvalue()
    assert b"SecretCamera" not in kept.content
    assert (kept.width, kept.height) == (40, 20)


def test_what_hides_behind_a_picture_is_gone(sqlite_app):
    kept = check_file("p.png", png() + b"<script>alert(1)</script>PK\x03\x04")
    assert b"script" not in kept.content


def huge_header() -> bytes:
    content = bytearray(png())
    content[16:24] = (65_500).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("empty.png", b"", Invalid),
        ("program.png", b"MZ\x90\x00" + b"\0" * 100, UnsupportedKind),
        ("drawing.svg", b"<svg onload='alert(1)'/>", UnsupportedKind),
        ("page.html", b"<script>1</script>", UnsupportedKind),
        ("broken.png", png()[:40], UnsupportedKind),
        ("big.txt", b"a" * (8 * 1024 * 1024 + 1), TooLarge),
    ],
)
def test_what_is_not_taken_is_refused_by_name(sqlite_app, name, content, refusal):
    with sqlite_app.test_request_context(), pytest.raises(refusal):
        check_file(name, content)


def test_a_picture_of_four_billion_points_is_refused_by_its_head(sqlite_app):
    with sqlite_app.test_request_context(), pytest.raises(Invalid):
        check_file("huge.png", huge_header())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.txt", "x.txt"),
        ("CON.txt", "CON_.txt"),
        ("a\r\nb.txt", "ab.txt"),
        ("evil\u202egnp.txt", "evilgnp.txt"),
        ("x" * 300 + ".txt", "x" * 108 + ".txt"),
        ("???", "___"),
    ],
)
def test_a_name_is_made_harmless(given, kept):
    assert clean_name(given) == kept


def test_a_visitor_cannot_attach(app, cast):
    with pytest.raises(NotSignedIn):
        attach(check_file("a.txt", b"words"), by=cast.viewer("visitor"))


def test_a_file_that_is_no_picture_is_saved_not_shown(client, cast):
    sign_in(client, cast.ada)
    answer = client.post("/attachments", data={"file": (io.BytesIO(b"a,b\n"), "rows.csv")})
    assert answer.status_code == 201
    public_id = answer.json["id"]
    opened = client.get(f"/files/{public_id}/rows.csv")
    assert opened.headers["Content-Disposition"].startswith("attachment")
    assert opened.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in opened.headers["Content-Security-Policy"]


def test_without_javascript_the_file_comes_with_the_form(client, cast):
    sign_in(client, cast.ada)
    form = {
        "title": "With a picture",
        "text": "See:",
        "attachments": (io.BytesIO(png()), "screen shot.png"),
    }
    page = client.get(client.post("/c/help/topics", data=form).location).text
    assert "/files/" in page
    assert session.query(Attachment).count() == 1


def test_a_file_no_text_took_up_is_thrown_away_after_a_day(app, cast):
    lost = attach(check_file("a.txt", b"lost words"), by=cast.viewer("ada"))
    digest = lost.digest
    sweep()
    assert path_of(digest).exists()
    with clock.at(clock.now()):
        clock.advance(hours=25)
        sweep()
    assert session.query(Attachment).count() == 0
    assert not path_of(digest).exists()
