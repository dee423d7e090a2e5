"""What people with bad intent type, and which fields each address reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict

HOSTILE = {
    "nul": "a\x00b",
    "half a character": "a\ud800b",
    "zero width": "\u200b\u2060\ufeff",
    "very long": "x" * 70_000,
    "a list": "[1]",
    "zero before": "01",
    "arabic one": "١",
    "superscript": "²",
    "negative": "-1",
    "huge": "9" * 400,
    "true": "true",
    "percent": "%s%(x)s{0}%00",
    "quotes": "'\" OR 1=1 -- \\",
    "lines": "a\r\nBcc: x@evil.example\r\n\r\nb",
    "direction": "\u202egpj.exe",
    "a date": "0000-99-99",
    "an address": "//evil.example/[",
}

FITTING = {
    "name": "Fitting name",
    "title": "A fitting title",
    "text": "Fitting words.",
    "username": "fitting",
    "slug": "fitting",
    "address": "fitting@example.org",
    "password": "correct horse battery staple",
    "current_password": "correct horse battery",
    "path": "fitting",
    "reason": "other",
    "q": "fitting words",
    "level": "2",
    "segment": "customer",
    "decision": "keep",
    "base": "1",
}


def readings_of(app: Flask) -> "type[ImmutableMultiDict]":
    """A form that remembers, on the application, which fields were asked of it."""
    asked: set[str] = set()

    class Watched(ImmutableMultiDict):
        fields = asked

        def get(self, key, *args, **named):
            asked.add(key)
            return super().get(key, *args, **named)

        def __getitem__(self, key):
            asked.add(key)
            return super().__getitem__(key)

        def getlist(self, key, *args, **named):
            asked.add(key)
            return super().getlist(key, *args, **named)

        def __contains__(self, key):
            asked.add(key)
            return super().__contains__(key)

    return Watched


@contextmanager
def watching_fields(app: Flask) -> Iterator[set[str]]:
    """Collect the names of the fields that the addresses read from forms and queries."""
    kind: Any = readings_of(app)
    request_class = app.request_class

    class Watching(request_class):  # type: ignore[misc, valid-type]
        parameter_storage_class = kind

    app.request_class = Watching
    try:
        yield kind.fields
    finally:
        app.request_class = request_class
