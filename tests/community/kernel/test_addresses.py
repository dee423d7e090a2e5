"""Addresses as people type, cut and paste them."""

from urllib.parse import urljoin

import pytest

from community.subjects import subject_url
from community.web import outside_a_request
from tests.security.rooms import furnish

PLACES = ("/latest", "/ideas", "/top/week", "/people/ada", "/wiki/manual", "/c/help", "/sign-in")


@pytest.mark.parametrize("path", PLACES)
def test_with_a_slash_too_many_one_comes_to_the_same_page(cast, client, path):
    answer = client.get(f"{path}/?after=x&sort=new")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{path}?after=x&sort=new")


def test_with_a_slash_too_many_one_comes_to_what_was_written(cast, client):
    things = furnish(cast, "open", closed=False)
    with outside_a_request():
        urls = [
            subject_url(one) for one in (things.topic, things.idea, things.page, things.article)
        ]
    for url in urls:
        for end in ("/", "//"):
            answer = client.get(url + end, follow_redirects=True)
            assert (answer.status_code, answer.request.path) == (200, url)
    assert client.get(f"/t/{things.topic.public_id}/").status_code == 301


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "//latest/", "///"])
def test_a_slash_too_many_leads_nobody_off_the_site(cast, client, path):
    answer = client.get("/", environ_overrides={"PATH_INFO": path})
    there = answer.headers.get("Location", "http://localhost/")
    assert urljoin("http://localhost/", there).startswith("http://localhost/")


def test_what_is_not_there_is_not_there_with_a_slash_too_many(cast, client):
    for path in ("/t/23456789", "/nowhere", "/wiki/manual/nowhere"):
        answers = [client.get(path + end, follow_redirects=True) for end in ("", "/")]
        assert answers[0].status_code == answers[1].status_code == 404
        assert answers[0].data == answers[1].data
