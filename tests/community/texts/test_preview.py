"""Previews and mentions: the helpers of whoever writes."""

import pytest

from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in


def test_a_preview_is_what_will_be_posted(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ben)
    text = "**Bold** @ada <script>alert(1)</script> [x](javascript:alert(1))"
    shown = client.post("/preview", data={"text": text}, headers={"HX-Request": "true"})
    post = answer(cast, topic, text=text)
    assert shown.text == post.text.html
    assert "<script" not in shown.text
    assert 'href="javascript' not in shown.text


def test_a_preview_without_scripts_leads_back_to_writing(client, cast):
    topic = ask(cast)
    sign_in(client, cast.ben)
    send_to = f"/threads/{topic.thread.public_id}/posts"
    page = client.post(
        "/preview", data={"text": "*Soon*", "send_to": send_to, "submission": "token-9"}
    )
    assert "<em>Soon</em>" in page.text
    assert f'action="{send_to}"' in page.text
    assert 'name="submission" value="token-9"' in page.text


def test_a_preview_never_leads_off_the_site(client, cast):
    sign_in(client, cast.ben)
    for address in ("//evil.example", "https://evil.example/", "/\\evil.example"):
        page = client.post("/preview", data={"text": "x", "send_to": address})
        assert "evil.example" not in page.text


@pytest.mark.parametrize(("text", "status"), [(" ", 422), ("a\0", 400), ("x" * 100_001, 422)])
def test_a_text_that_cannot_be_taken_cannot_be_previewed(client, cast, text, status):
    sign_in(client, cast.ben)
    assert client.post("/preview", data={"text": text}).status_code == status


def offered(client, query, topic=None):
    where = f"/reply:{topic.thread.public_id}" if topic else ""
    return client.get(f"/mentions{where}?q={query}").text


def test_names_are_offered_by_their_beginning(client, cast):
    sign_in(client, cast.ben)
    assert 'data-value="@cleo"' in offered(client, "cl", ask(cast))
    assert "@ada" not in offered(client, "cl", ask(cast))


def test_only_those_who_can_read_there_are_offered(client, cast):
    sign_in(client, cast.eve)
    topic = ask(cast, "eve", space="floor")
    assert "@ada" not in offered(client, "ad", topic)
    assert "@pam" in offered(client, "pa", topic)
    assert "@al" in offered(client, "al", topic)
    assert "@ada" in offered(client, "ad", ask(cast))


def test_a_place_one_cannot_read_offers_no_more_than_none(client, cast):
    topic = ask(cast, "eve", space="floor")
    sign_in(client, cast.ada)
    assert offered(client, "pa", topic) == offered(client, "pa")


@pytest.mark.parametrize("query", ["%25", "_", "", "x" * 500, "'%20OR%201=1--"])
def test_odd_beginnings_offer_nobody(client, cast, query):
    sign_in(client, cast.ben)
    answer = client.get(f"/mentions?q={query}")
    assert answer.status_code == 200
    assert "data-value" not in answer.text
