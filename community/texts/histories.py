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


@dataclass(frozen=True)
class Kept:
    """`change(subject, prepared, by=, base=, summary=)` is the room's own action."""

    edit: str
    change: Callable[..., Any]
    url: Callable[[Any, int | None], str] | None


_kept: dict[type[Any], Kept] = {}


def keeps_history(
    model: type[Any],
    *,
    edit: str,
    change: Callable[..., Any],
    url: Callable[[Any, int | None], str] | None = None,
) -> None:
    """`edit` is the permission to change the text; `change` the action that does it.

    `url(subject, number)` where the room shows histories under its own addresses.
    """
    _kept[model] = Kept(edit, change, url)


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
