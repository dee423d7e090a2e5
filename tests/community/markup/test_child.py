"""The child's own code, called here where it can be watched."""

import runpy
import signal
import socket
import sys

import pytest

from community.markup import child
from community.markup.composing import Writer
from community.markup.wire import receive, send


@pytest.fixture(autouse=True)
def _keep_signals():
    kept = {number: signal.getsignal(number) for number in (signal.SIGALRM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def line():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def _markdown(text, **more):
    return {"kind": "markdown", "text": text, **more}


def test_it_answers_until_the_line_is_closed(line):
    ours, theirs = line
    for request in (
        _markdown("*a*", key="t1"),
        {"kind": "html", "text": "<i>b</i><script>x</script>"},
    ):
        send(ours, request)
    ours.shutdown(socket.SHUT_WR)
    child.serve(theirs)
    assert receive(ours)["html"] == "<p><em>a</em></p>"
    assert receive(ours)["html"] == "<i>b</i>"


def test_raw_html_stays_off_after_a_text_that_took_too_long(line):
    ours, theirs = line
    for text in ("a\n=\n" * 10_000, "<b>x</b>"):
        send(ours, _markdown(text))
    ours.shutdown(socket.SHUT_WR)
    child.serve(theirs, seconds=0.2)
    assert receive(ours) == {"failed": "time"}
    assert receive(ours)["html"] == "<p>&lt;b&gt;x&lt;/b&gt;</p>"


def test_a_text_too_deep_for_the_parser_is_a_failure_not_an_accident():
    assert child.attempt(Writer(), _markdown("* " * 3000 + "a"), 5.0) == {"failed": "depth"}


def test_a_request_it_does_not_understand_is_a_failure():
    assert child.attempt(Writer(), _markdown("a", unknown=1), 1.0) == {"failed": "TypeError"}


def test_a_message_cut_short_is_the_end(line):
    ours, theirs = line
    ours.sendall(b"\x00\x00\x00\x09{")
    ours.shutdown(socket.SHUT_WR)
    assert receive(theirs) is None


def test_it_serves_its_standard_input(line):
    ours, theirs = line
    send(ours, {"kind": "html", "text": "a"})
    ours.shutdown(socket.SHUT_WR)
    original = socket.socket
    number = theirs.detach()
    try:
        socket.socket = lambda fileno: original(fileno=number)
        sys.modules.pop("community.markup.child")
        runpy.run_module("community.markup.child", run_name="__main__")
    finally:
        socket.socket = original
        sys.modules["community.markup.child"] = child
    assert receive(ours)["html"] == "a"
