"""The door: who is let in, who waits, and what those are told who must come back."""

import json
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from werkzeug.test import Client

from community import admission, busy
from community.admission import Door


class House:
    """Whoever is inside stays until let out, and notes when they came in."""

    def __init__(self, app) -> None:
        self.door = Door(app, self, at_once=1, waiting=1)
        self.inside, self.out = threading.Semaphore(0), threading.Semaphore(0)
        self.came: list[str] = []

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == "/fault":
            raise ZeroDivisionError
        if environ["PATH_INFO"].startswith("/t/"):
            self.came.append(environ["PATH_INFO"])
            self.inside.release()
            self.out.acquire()
        start_response("200 OK", [])
        return [b"welcome"]

    def ask(self, path: str, **how):
        return Client(self.door).open(path, **how)

    def stand(self, pool: ThreadPoolExecutor, path: str, **how):
        """Ask, and return once one stands in line."""
        line = self.door.writing if how else self.door.reading
        before = len(line._line)
        asked = pool.submit(self.ask, path, **how)
        while len(line._line) == before:
            assert not asked.done()
        return asked

    @contextmanager
    def full_of(self, method: str) -> Iterator[list]:
        """One inside, one in line."""
        with ThreadPoolExecutor() as pool:
            first = pool.submit(self.ask, "/t/first", method=method)
            self.inside.acquire()
            how = {"method": method} if method != "GET" else {}
            try:
                yield [first, self.stand(pool, "/t/second", **how)]
            finally:
                self.out.release(2)


@pytest.fixture
def house(sqlite_app) -> House:
    return House(sqlite_app)


def test_who_finds_the_house_full_is_told_when_to_come_back(house):
    with house.full_of("GET") as asked:
        answer = house.ask("/latest")
    assert answer.status_code == 503 and 1 <= int(answer.headers["Retry-After"]) <= 10
    assert answer.headers["Refresh"] == answer.headers["Retry-After"]
    assert "Busy right now" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert [one.result().status_code for one in asked] == [200, 200]


def test_nobody_waits_behind_those_who_have_long_got_no_answer(house, monkeypatch):
    with house.full_of("GET"):
        monkeypatch.setattr(house.door.reading, "_waiting", 2)
        monkeypatch.setattr(admission, "LONGEST_WAIT_SECONDS", 60)
        monkeypatch.setattr(admission, "STUCK_SECONDS", 0.0)
        assert house.ask("/latest").status_code == 503
    assert house.ask("/latest").status_code == 200


def test_who_stands_in_line_is_served_in_turn(house):
    with house.full_of("GET"):
        pass
    assert house.came == ["/t/first", "/t/second"]
    assert house.ask("/anything").status_code == 200


def test_a_rush_of_readers_keeps_nobody_from_writing_nor_the_other_way_round(house):
    with house.full_of("GET"):
        assert house.ask("/threads/x/posts", method="POST").status_code == 200
    with house.full_of("POST"):
        assert house.ask("/latest").status_code == 200
        assert house.ask("/votes", method="DELETE").status_code == 503


@pytest.mark.parametrize(
    "path",
    ["/healthz", "/readyz", "/assets/1/app.css", "/assets/1/icons.svg", "/assets/1/mark.svg"],
)
def test_health_and_styles_are_asked_for_at_any_time(house, path):
    with house.full_of("GET"):
        assert house.ask(path).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/assets/1/app.css"])
@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS", "GARBAGE"])
def test_who_wants_more_of_these_than_to_read_them_stands_in_line(house, path, method):
    with house.full_of("POST"):
        assert house.ask(path, method=method).status_code == 503
        assert house.ask(path, method="HEAD").status_code == 200


@pytest.mark.parametrize(
    "path", ["/healthz/and/more", "/assets/1/no.css", "/assets/app.css", "/static/mark.svg"]
)
def test_what_merely_begins_like_it_is_not_let_in_at_any_time(house, path):
    with house.full_of("GET"):
        assert house.ask(path).status_code == 503


def test_a_fault_inside_frees_its_turn(house):
    for _time in range(3):
        with pytest.raises(ZeroDivisionError):
            house.ask("/fault")


def test_nobody_waits_for_ever(house, monkeypatch):
    monkeypatch.setattr(admission, "LONGEST_WAIT_SECONDS", 0.01)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(house.ask, "/t/first")
        house.inside.acquire()
        assert house.ask("/t/second").status_code == 503
        house.out.release()
        assert first.result().status_code == 200
    house.out.release()
    assert house.ask("/t/third").status_code == 200


TYPED = {"title": "A <b>long</b> story", "text": "Hours of work.", "submission": "k3f9"}


@pytest.mark.parametrize("form", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_what_was_typed_is_given_back_ready_to_be_sent_again(house, form):
    with house.full_of("POST"):
        fields = TYPED | {"csrf_token": "t0k3n", "password": "very secret words"}
        address = "/c/help/topics?draft=1"
        answer = house.ask(address, method="POST", data=fields, content_type=form)
    assert answer.status_code == 503 and "Refresh" not in answer.headers
    assert "Hours of work." in answer.text and "A &lt;b&gt;long&lt;/b&gt; story" in answer.text
    assert f'action="{address}"' in answer.text and 'value="k3f9"' in answer.text
    assert re.search(r'name="csrf_token" value="t0k3n"', answer.text)
    assert "very secret words" not in answer.text


def test_more_than_anybody_types_is_not_read(house):
    with house.full_of("POST"):
        body = urlencode({"text": "x" * busy.MOST_TYPED_BYTES})
        kind = "application/x-www-form-urlencoded"
        answer = house.ask("/c/help/topics", method="POST", data=body, content_type=kind)
    assert answer.status_code == 503 and "Nothing was changed" in answer.text


def test_a_form_is_never_sent_elsewhere(house):
    with house.full_of("POST"):
        answer = house.ask("//evil.example/x", method="POST", data=TYPED)
    assert "evil" not in answer.text


def test_a_program_is_told_in_its_own_words(house):
    with house.full_of("POST"):
        answer = house.ask("/api/v1/topics", method="POST", data="{}")
    error = json.loads(answer.text)["error"]
    assert answer.status_code == 503 and (error["code"], error["field"]) == ("busy", None)


def test_of_a_wish_as_long_as_a_book_only_the_beginning_is_read(house):
    """It is remembered, too, and anybody can send many."""
    book = "application/json;q=0.9, " + "text/x;q=0.1, " * 60 + "text/html"
    with house.full_of("GET"):
        told = [house.ask("/latest", headers={"Accept": wish}) for wish in (book, book[-300:])]
    assert [answer.mimetype for answer in told] == ["application/json", "text/html"]
