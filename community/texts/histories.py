"""Histories: which subjects keep their revisions in sight, and how a room changes their text.

The history page is written once, for every text. A room that wants it says so:

    keeps_history(Page, edit="page.edit", change=revise_page)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from community.database import session
from community.subjects import kind_of
from community.texts.models import Text
from community.texts.preparation import Prepared


@dataclass(frozen=True)
class Kept:
    """`change(subject, prepared, by=, base=, summary=)` is the room's own action."""

    edit: str
    change: Callable[..., Any]
    prepare: Callable[[Any, str], Prepared] | None
    url: Callable[[Any, int | None], str] | None
    compare_url: Callable[[Any], str] | None


_kept: dict[type[Any], Kept] = {}


def keeps_history(
    model: type[Any],
    *,
    edit: str,
    change: Callable[..., Any],
    prepare: Callable[[Any, str], Prepared] | None = None,
    url: Callable[[Any, int | None], str] | None = None,
    compare_url: Callable[[Any], str] | None = None,
) -> None:
    """`edit` is the permission to change the text; `change` the action that does it.

    `prepare(subject, source)` where the room renders its texts in a way of its own;
    `url(subject, number)` where it shows histories under its own addresses; `compare_url(subject)`
    where any two revisions can be compared.
    """
    _kept[model] = Kept(edit, change, prepare, url, compare_url)


def history_kind(subject: Any) -> Kept | None:
    return _kept.get(type(subject))


def text_of(subject: Any) -> Text | None:
    key = kind_of(subject).text_id(subject)
    return session.get(Text, key) if key else None


def history_url(subject: Any, number: int | None = None) -> str:
    """The address of the history, or of one revision; a room may put it under its own address."""
    kept, kind = history_kind(subject), kind_of(subject).name
    if kept and kept.url:
        return kept.url(subject, number)
    where = {"kind": kind, "public_id": subject.public_id}
    if number is None:
        return url_for("texts.show_history", **where)
    return url_for("texts.show_revision", number=number, **where)


def compare_url(subject: Any) -> str | None:
    """Where two revisions of the subject's text are compared, if its room has such a page."""
    kept = history_kind(subject)
    return kept.compare_url(subject) if kept and kept.compare_url else None
