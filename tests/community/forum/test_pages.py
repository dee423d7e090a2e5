"""Every page of the forum, for a visitor and for a member, within its count of statements."""

import pytest

from tests.community.threads.conversations import answer, ask
from tests.conftest import sign_in
from tests.sql import PER_PAGE, statements_of

LISTS = ["/", "/latest", "/unanswered", "/top", "/top/week", "/c/help"]


@pytest.mark.parametrize("url", LISTS)
def test_a_visitor_reads_the_lists(client, cast, url):
    ask(cast, title="Row 12,000")
    assert "Row 12,000" in client.get(url).text


@pytest.mark.parametrize("url", [*LISTS, "/unread"])
def test_a_list_asks_no_more_for_thirty_topics_than_for_three(client, cast, url):
    sign_in(client, cast.ben)
    for number in range(3):
        ask(cast, title=f"Question {number}")
    few = len(statements_of(client, url))
    for number in range(27):
        answer(cast, ask(cast, ("ada", "cleo")[number % 2], title=f"More {number}"), "ada")
    many = statements_of(client, url)
    assert len(many) <= PER_PAGE, "\n\n".join(many)
    assert len(many) <= few


def test_a_visitor_is_asked_to_sign_in_for_the_unread(client, cast):
    assert client.get("/unread").location.startswith("/sign-in")


def test_a_place_in_a_list_that_never_was_gives_the_start(client, cast):
    ask(cast, title="Row 12,000")
    page = client.get("/latest?after=bm90LXJlYWw.x")
    assert page.status_code == 200
    assert "This part of the list is gone; here is the start." in page.text
    assert "Row 12,000" in page.text
