"""Reading the file one line at a time; what cannot be read is named and passed over."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LONGEST_LINE = 64 * 1024 * 1024
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Line:
    """`topic` is the object on the line, or None where `fault` says why there is none."""

    number: int
    topic: dict | None = None
    fault: str = ""


def lines(path: Path) -> Iterator[Line]:
    """The file's lines, packed or plain; empty ones are left out."""
    number = 0
    with _open(path) as file:
        try:
            while text := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(text) > LONGEST_LINE:
                    yield Line(number, fault=f"it is longer than {LONGEST_LINE:,} bytes")
                    _pass_over(file)
                elif text.strip():
                    yield _read(number, text)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            yield Line(number + 1, fault=f"the file cannot be unpacked further: {error}")


def _read(number: int, text: bytes) -> Line:
    try:
        topic = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Line(number, fault=f"it is no whole JSON: {error}")
    if not isinstance(topic, dict):
        return Line(number, fault="it is no topic")
    return Line(number, topic)


def _pass_over(file: IO[bytes]) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _open(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    return gzip.open(path) if packed else path.open("rb")  # type: ignore[return-value]
