"""The child process: answers each request within a second, or says that it could not."""

import signal
import socket

from community.markup.composing import Writer, purify
from community.markup.wire import receive, send

SECONDS = 1.0


class OutOfTime(BaseException):
    """Not an Exception, so that no library on the way can take it for one of its own."""


def main() -> None:
    """Serve the socket that stands in for standard input until the parent closes it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=0) as line:
        serve(line)


def serve(line: socket.socket, seconds: float = SECONDS) -> None:
    """Answer requests until the other end hangs up. Needs the main thread, for the alarm."""
    signal.signal(signal.SIGALRM, _ring)
    writer = Writer()
    while (request := receive(line)) is not None:
        answer = attempt(writer, request, seconds)
        if "failed" in answer:
            writer = Writer()
        send(line, answer)


def attempt(writer: Writer, request: dict, seconds: float) -> dict:
    """The answer to one request; a text that takes too long is answered, not waited for."""
    try:
        # Repeated, because an alarm that rings inside a callback from Rust is lost.
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
        try:
            return answer(writer, **request)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except OutOfTime:
        return {"failed": "time"}
    except RecursionError:
        return {"failed": "depth"}
    except Exception as error:  # a parser's fault in one text must not take the next ones with it
        return {"failed": type(error).__name__}


def answer(writer: Writer, *, kind: str, text: str, **request) -> dict:
    """Render Markdown or purify HTML."""
    return writer.compose(text, **request) if kind == "markdown" else purify(text, **request)


def _ring(signum, frame):
    raise OutOfTime


if __name__ == "__main__":
    main()
