"""Long requests, read to their end before their turn comes: who sends slowly has no turn meanwhile.

What is short has arrived before a thread is given to it (community/connections.py). Only so many
threads read what is long; who comes while all do is told to come back.
"""

from io import BytesIO
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import Any

# Of each request that is on its way, before a thread is given to it.
MOST_HELD_BYTES = 128 * 1024
AT_ONCE = 8
IN_MEMORY_BYTES = 1024 * 1024
PIECE = 64 * 1024

_free = BoundedSemaphore(AT_ONCE)


def take_in(environ: dict[str, Any], most: int) -> bool:
    """Whether the request is here in full now, or so much of it that it will be refused.

    If not, nobody is to wait for the rest of it: then there is nothing to be read.
    """
    if not _is_long(environ) or int(environ.get("CONTENT_LENGTH") or 0) > most:
        return True
    if _free.acquire(blocking=False):
        try:
            _read(environ, most)
        except OSError:  # it took too long, or was broken off
            pass
        else:
            return True
        finally:
            _free.release()
    environ["wsgi.input"] = BytesIO()
    return False


def _is_long(environ: dict[str, Any]) -> bool:
    if "HTTP_TRANSFER_ENCODING" in environ or "HTTP_EXPECT" in environ:
        return True
    return int(environ.get("CONTENT_LENGTH") or 0) > MOST_HELD_BYTES


def _read(environ: dict[str, Any], most: int) -> None:
    body = SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 - it is closed when nobody needs it
    source, length = environ["wsgi.input"], 0
    while length <= most and (piece := source.read(PIECE)):
        length += body.write(piece)
    body.seek(0)
    environ["wsgi.input"] = body
    environ.setdefault("CONTENT_LENGTH", str(length))
