"""Values as they stand on a page, escaped without making an object of each."""

from typing import Any

from jinja2 import Undefined
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped  # pyright: ignore[reportPrivateImportUsage]


def written(value: Any) -> str:
    """As `escape` has it."""
    kind = type(value)
    if kind is str:
        return escaped(value)
    if kind is Markup:
        return value
    if kind is int:
        return str(value)
    return "" if kind is Undefined else escape(value)


def marked(said: str) -> Markup:
    """What is escaped already."""
    return str.__new__(Markup, said)
