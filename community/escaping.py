"""Values as they stand on a page, escaped without making an object of each."""

from collections.abc import Callable
from typing import Any

import markupsafe
from jinja2 import Undefined
from markupsafe import Markup, escape

# Of a plain string, with no object made of what it gives.
escaped: Callable[[str], str] = markupsafe._escape_inner  # type: ignore[attr-defined]


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
