"""Those who only read when the house is full: told so where connections are accepted."""

import selectors
import socket
from collections.abc import Iterator
from concurrent.futures import Future
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.workers.gthread import TConn

from community import evenness
from community.admission import Door
from community.heads import plain_reading, stays_after
from community.shedding import SheddingWorker

READING = b"GET /latest?top=week HTTP/1.1\r\nHost: guild.example\r\nAccept: text/html\r\n\r\n"


class FullHouse(SheddingWorker):
    """Nobody can come in; `given` are those that threads are to look at."""

    def __init__(self, app) -> None:
        super().__init__(1, 1, [], None, 30, Config(), None)
        self.poller, self.given, self.nr_conns = selectors.DefaultSelector(), [], 1
        self.door = Door(app, app.wsgi_app, at_once=0, waiting=0)
        self.tpool = self

    def submit(self, _handle, conn) -> Future:
        self.given.append(conn)
        return Future()

    def come(self, sent: bytes) -> tuple[TConn, socket.socket]:
        here, there = socket.socketpair()
        there.send(sent)
        there.settimeout(5)
        conn = TConn(self.cfg, here, ("127.0.0.1", 1), ("127.0.0.1", 2))
        self.enqueue_req(conn)
        return conn, there

    def look(self) -> None:
        for key, _events in self.poller.select(0):
            key.data(key.fileobj)


@pytest.fixture
def house(sqlite_app) -> Iterator[FullHouse]:
    house = FullHouse(sqlite_app)
    yield house
    evenness.leave(house)
    house.poller.close()


def heard(there: socket.socket) -> tuple[str, str]:
    head, _blank, body = there.recv(65_536).decode().partition("\r\n\r\n")
    return head, body


def test_who_reads_is_told_to_come_back_without_a_thread_as_often_as_they_ask(house):
    _conn, there = house.come(READING)
    for _time in range(2):
        head, body = heard(there)
        assert head.startswith("HTTP/1.1 503 ") and "\r\nRetry-After: " in head
        assert f"\r\nContent-Length: {len(body.encode())}\r\n" in head and "Busy right now" in body
        there.send(READING)
        house.look()
    assert not house.given and len(house.keepalived_conns) == 1


def test_who_will_not_ask_again_is_told_and_let_go(house):
    last = READING.replace(b"Accept", b"Connection: close\r\nAccept")
    first, there = house.come(last)
    again, elsewhere = house.come(READING)
    heard(elsewhere)
    elsewhere.send(last)
    house.look()
    for end in (there, elsewhere):
        assert heard(end)[0].startswith("HTTP/1.1 503 ") and end.recv(10) == b""
    assert not house.given and list(house.pending_conns) == [first, again]


@pytest.mark.parametrize(
    "sent",
    [
        READING.replace(b"GET", b"POST"),
        READING.replace(b"/latest", b"/healthz"),
        READING.replace(b"Accept", b"Content-Length: 4\r\nAccept"),
        READING.replace(b"Accept", b"Content-Length : 4\r\nAccept"),
        READING.replace(b"Accept", b"X: y\nContent-Length: 4\r\nAccept"),
        READING.replace(b"Accept", b"Transfer-Encoding: chunked\r\nAccept"),
        READING.replace(b"?", b" HTTP/1.1\nContent-Length: 4\nX:"),
        READING.replace(b"text/html", b"text/html," * 1_000),
        READING.replace(b"Accept", b"Content-Length: 4\r\nContent-Length: 0\r\nAccept"),
        READING + READING,
    ],
)
def test_all_others_are_looked_at_by_a_thread_with_all_they_said(house, sent):
    conn, _there = house.come(sent)
    assert house.given == [conn] and conn.parser.unreader.buf.getvalue() == sent


def test_who_says_that_nothing_follows_only_reads(house):
    _conn, there = house.come(READING.replace(b"Accept", b"Content-Length: 0\r\nAccept"))
    assert heard(there)[0].startswith("HTTP/1.1 503 ")


@pytest.mark.parametrize("sent", [READING[:-2], b""])
def test_nobody_waits_in_a_thread_for_the_rest_of_what_they_ask(house, sent):
    conn, there = house.come(sent)
    assert not house.given and list(house.pending_conns) == [conn]
    there.send(READING[len(sent) :])
    house.look()
    assert heard(there)[0].startswith("HTTP/1.1 503 ") and not house.given


def test_who_is_on_the_way_to_the_door_is_counted(house):
    house.door = Door(house.door.come_back.app, house.door.inside, at_once=2, waiting=0)
    came = [house.come(READING) for _one in range(3)]
    assert house.given == [conn for conn, _there in came[:2]]
    assert heard(came[2][1])[0].startswith("HTTP/1.1 503 ")


def test_nobody_is_turned_away_for_many_who_fetch_styles_while_nobody_waits(house):
    house.door = Door(house.door.come_back.app, house.door.inside, at_once=1, waiting=4)
    for _one in range(30):
        house.come(READING.replace(b"/latest", b"/assets/1/app.css"))
    conn, _there = house.come(READING)
    assert house.given[-1] is conn and len(house.given) == 31


def test_nobody_steps_back_for_a_process_that_would_turn_people_away(house, monkeypatch):
    crowded, waited = SimpleNamespace(age=2, nr_conns=50), []
    monkeypatch.setattr(evenness.time, "sleep", waited.append)
    house._accepting = True
    house.wait_for_and_dispatch_events(0)
    evenness.give_way(crowded)
    assert not waited
    house.door = Door(house.door.come_back.app, house.door.inside, at_once=1, waiting=4)
    house.wait_for_and_dispatch_events(0)
    evenness.give_way(crowded)
    assert waited


def test_a_fault_in_what_they_are_told_is_a_threads_alone(house, monkeypatch):
    monkeypatch.setattr(house.door.come_back, "written", None)
    conn, _there = house.come(READING)
    assert house.given == [conn] and conn.parser.unreader.buf.getvalue() == READING


def test_nobody_is_turned_away_while_there_is_room(house):
    house.door = Door(house.door.come_back.app, house.door.inside, at_once=1, waiting=0)
    conn, _there = house.come(READING)
    assert house.given == [conn]


@pytest.mark.parametrize(
    ("head", "stays"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", True),
        (b"GET / HTTP/1.1\r\nConnection: Close\r\n\r\n", False),
        (b"GET / HTTP/1.0\r\n\r\n", False),
    ],
)
def test_a_connection_stays_for_who_may_ask_again(head, stays):
    asked = plain_reading(head)
    assert asked is not None and stays_after(asked) is stays
