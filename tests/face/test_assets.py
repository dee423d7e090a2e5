"""Stylesheet and scripts as the browser gets them: small, kept for good, new when they change."""

import gzip
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from community.assets import STATIC, asset_url, find_asset
from tests.gallery.house import create_gallery

READING = ("app.js", "theme.js")


@pytest.fixture
def client() -> Iterator[FlaskClient]:
    app = create_gallery()
    with app.app_context():
        yield app.test_client()


def test_the_address_of_a_bundle_may_be_kept_for_good(client: FlaskClient) -> None:
    answer = client.get(asset_url("app.css"))
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]


def test_an_old_address_gives_the_new_bundle_but_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/assets/000000000000/app.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_browser_that_unpacks_gets_it_packed(client: FlaskClient) -> None:
    plain = client.get(asset_url("app.css"), headers={"Accept-Encoding": "identity"})
    packed = client.get(asset_url("app.css"), headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("name", ["missing.css", "../wsgi.py", "..%2Fwsgi.py", "/etc/passwd"])
def test_only_what_lies_under_static_is_served(client: FlaskClient, name: str) -> None:
    with pytest.raises(LookupError):
        find_asset(name)


def test_what_does_not_exist_is_the_usual_404(client: FlaskClient) -> None:
    assert client.get("/assets/x/missing.css").status_code == 404


def test_fonts_are_asked_for_under_their_own_hashes(client: FlaskClient) -> None:
    source = find_asset("app.css").body.decode()
    assert asset_url("vendor/inter/inter-latin-wght-normal.woff2") in source
    assert 'url("vendor' not in source


def test_what_scripts_explain_to_who_works_on_them_is_not_sent(client: FlaskClient) -> None:
    sent = "".join(find_asset(name).body.decode() for name in (*READING, "write.js"))
    for script in (STATIC / "js").rglob("*.js"):
        lines = script.read_text().splitlines()
        comments = [line for line in lines if line.lstrip().startswith("//")]
        assert not [line for line in comments if line in sent]
        assert lines[-1] in sent


def test_the_stylesheet_fits_its_budget(client: FlaskClient) -> None:
    assert len(find_asset("app.css").packed) <= 15_000


def test_the_scripts_of_a_reading_page_fit_their_budget(client: FlaskClient) -> None:
    assert sum(len(find_asset(name).packed) for name in READING) <= 30_000
