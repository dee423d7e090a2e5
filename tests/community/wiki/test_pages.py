"""Reading pages, and the addresses that lead to them."""

import pytest

from community.wiki.care import delete_page, hide_page, move_page
from community.worker import run_jobs
from tests.community.threads.conversations import answer
from tests.community.wiki.writing import revise, write
from tests.conftest import sign_in
from tests.sql import PER_PAGE, statements_of

LISTS = ["/wiki", "/wiki/handbook", "/wiki/handbook/-/changes", "/wiki/handbook/-/wanted"]


def same_as_never(client, url: str) -> None:
    hidden, absent = client.get(url), client.get("/wiki/never-was/at-all")
    assert (hidden.status_code, hidden.data) == (404, absent.data)
    assert dict(hidden.headers) == dict(absent.headers)


@pytest.mark.parametrize("url", LISTS)
def test_a_visitor_reads_the_lists(client, cast, url):
    write(cast, "Large imports", "See [[Missing page]].")
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("name", ["visitor", "ada", "eve"])
def test_a_page_asks_no_more_for_many_comments_and_links(client, cast, name):
    page = write(cast, "Large imports", "# One\n\n# Two")
    for number in range(12):
        write(cast, f"Page {number}", "[[Large imports]]", path=f"large-imports/{number}")
    revise(cast, page, "# One\n\n# Two\n\nMore.")
    for number in range(5):
        answer(cast, page, "ben", f"Comment {number}")
    if name != "visitor":
        sign_in(client, getattr(cast, name))
    statements = statements_of(client, "/wiki/handbook/Large-imports")
    assert len(statements) <= PER_PAGE, "\n\n".join(statements)


def test_another_spelling_leads_to_the_page(client, cast):
    write(cast, "Large imports")
    answer = client.get("/wiki/handbook/LARGE-imports")
    assert (answer.status_code, answer.location) == (301, "/wiki/handbook/Large-imports")


def test_its_headings_are_named_and_stand_below_the_title(client, cast):
    page = write(cast, "Large imports", "### Before\n\nWords.\n\n### After\n\nWords.")
    html = client.get("/wiki/handbook/Large-imports").text
    assert '<h2 id="tpage-before">Before</h2>' in page.text.html
    assert 'href="#tpage-after"' in html


def test_where_nothing_stands_only_who_may_write_is_offered_to(client, cast):
    url = "/wiki/handbook/not-yet"
    same_as_never(client, url)
    sign_in(client, cast.ada)
    answer = client.get(url)
    assert answer.status_code == 404
    assert "/wiki/handbook/-/new?path=not-yet" in answer.text


def test_a_page_of_a_wiki_one_cannot_read_is_the_same_as_none(client, cast):
    page = write(cast, "Escalation", by="eve", wiki="playbook")
    move_page(page, "elsewhere", by=cast.viewer("eve"))
    sign_in(client, cast.ada)
    for path in ("elsewhere", "Escalation", "never"):
        for rest in ("", "/-/history", "/-/diff", "/-/revision/1", "/-/edit", "/-/move"):
            same_as_never(client, f"/wiki/playbook/{path}{rest}")
    for rest in ("", "/-/changes", "/-/wanted", "/-/removed", "/-/new"):
        same_as_never(client, f"/wiki/playbook{rest}")


@pytest.mark.parametrize("take_away", [delete_page, hide_page])
def test_what_was_taken_away_is_the_same_as_what_never_was(client, cast, take_away):
    page = write(cast, "Large imports")
    linking = write(cast, "Start", "[[Large imports]]")
    take_away(page, by=cast.viewer("mo"))
    run_jobs()
    assert "page-link--missing" in linking.text.html
    same_as_never(client, "/wiki/handbook/Large-imports")
    same_as_never(client, "/wiki/handbook/Large-imports/-/history")
    for url in LISTS[:3]:
        assert "Large imports" not in client.get(url).text
    sign_in(client, cast.mo)
    assert client.get("/wiki/handbook/Large-imports").status_code == 200
    assert "Large imports" in client.get("/wiki/handbook/-/removed").text


def test_a_blog_s_address_is_no_wiki_s(client, cast):
    same_as_never(client, "/wiki/stories")
