"""Addresses as people type, cut and paste them."""

import pytest

from tests.security.rooms import furnish

PLACES = ("/latest", "/ideas", "/top/week", "/people/ada", "/wiki/manual", "/c/help", "/sign-in")


@pytest.mark.parametrize("path", PLACES)
def test_with_a_slash_too_many_one_comes_to_the_same_page(cast, client, path):
    answer = client.get(f"{path}/?after=x&sort=new")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{path}?after=x&sort=new")


def test_with_a_slash_too_many_one_comes_to_what_was_written(cast, client):
    things = furnish(cast, "open", closed=False)
    topic, idea = f"/t/{things.topic.public_id}", f"/ideas/{things.idea.public_id}"
    for path in (topic, f"{topic}/{things.topic.slug}", f"{topic}//", idea):
        answer = client.get(f"{path}/", follow_redirects=True)
        assert (answer.status_code, answer.request.path) == (
            200,
            f"/{'t' if 't/' in path[:3] else 'ideas'}/",
        )


@pytest.mark.parametrize("path", ["//evil.example/", "/%5Cevil.example/", "//evil.example//latest/"])
def test_a_slash_too_many_leads_nobody_off_the_site(cast, client, path):
    answer = client.get(path)
    assert "evil.example" not in answer.headers.get("Location", "").partition("localhost")[0]
    assert answer.status_code == 404 or answer.headers["Location"].startswith("http://localhost/")


def test_what_is_not_there_is_not_there_with_a_slash_too_many(cast, client):
    for path in ("/t/23456789", "/nowhere", "/wiki/manual/nowhere"):
        answers = [client.get(path + end, follow_redirects=True) for end in ("", "/")]
        assert answers[0].status_code == answers[1].status_code == 404
        assert answers[0].data == answers[1].data
