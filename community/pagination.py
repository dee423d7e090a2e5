"""Paging by key: as fast on the last page as on the first, and without integer ids in addresses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from community.database import session
from community.errors import BadRequest

T = TypeVar("T")

LIMIT = 100


class Step(StrEnum):
    """Where a page stands to the row that its token names."""

    FIRST = "first"
    AFTER = "after"
    BEFORE = "before"
    LOST = "lost"


@dataclass(frozen=True)
class Key:
    """One column of the order; the last one must be unique."""

    column: InstrumentedAttribute[Any] | ColumnElement[Any]
    value: Callable[[Any], Any]
    descending: bool = False


@dataclass(frozen=True)
class Page(Generic[T]):
    """`next` and `previous` are opaque tokens; `lost` says that the token given was no good."""

    items: Sequence[T]
    next: str | None
    previous: str | None
    lost: bool = False


def page_by_key(
    select: Select[*tuple[Any, ...]],
    keys: Sequence[Key],
    *,
    token: str | None = None,
    limit: int = 30,
    strict: bool = False,
    scalars: bool = True,
) -> Page[Any]:
    """A page after (or before) the row a token names.

    A bad token gives the first page with `lost` set; when `strict` (the API), `BadRequest`.
    """
    limit = max(1, min(limit, LIMIT))
    step, values = _place(token, keys)
    if step is Step.LOST and strict:
        raise BadRequest("This page key is not one of ours.", field="after")
    result = session.execute(in_steps(select, keys, step, values).limit(limit + 1))
    rows = list(result.scalars() if scalars else result)
    return _page(rows, keys, step, limit)


def page_of(
    ask: Callable[[Step, dict[str, Any]], Sequence[T]],
    keys: Sequence[Key],
    *,
    token: str | None,
    limit: int,
) -> Page[T]:
    """As `page_by_key`, for statements that are made once: `ask` gives the rows of a step, one more
    than the limit, from a statement made `in_steps` with `names_of(keys)`, which are told with it.
    """
    step, values = _place(token, keys)
    named = dict(zip(names_of(keys), values, strict=False))
    return _page(list(ask(step, named)), keys, step, limit)


def names_of(keys: Sequence[Key]) -> list[str]:
    return [f"key{number}" for number in range(len(keys))]


def in_steps(
    select: Select[*tuple[Any, ...]], keys: Sequence[Key], step: Step, values: Sequence[Any]
) -> Select[*tuple[Any, ...]]:
    """In the order of the keys, from where the step begins."""
    if step in (Step.AFTER, Step.BEFORE):
        select = select.where(_beyond(keys, values, step is Step.BEFORE))
    return in_order(select, keys, step)


def in_order(
    select: Select[*tuple[Any, ...]], keys: Sequence[Key], step: Step
) -> Select[*tuple[Any, ...]]:
    """A page before another is read backwards."""
    return select.order_by(None).order_by(*[_order(key, step is Step.BEFORE) for key in keys])


def _page(rows: list[T], keys: Sequence[Key], step: Step, limit: int) -> Page[T]:
    more, rows = len(rows) > limit, rows[:limit]
    if step is Step.BEFORE:
        rows.reverse()
    has_next = more or step is Step.BEFORE
    has_previous = more if step is Step.BEFORE else step is Step.AFTER
    return Page(
        rows,
        _token(Step.AFTER, keys, rows[-1]) if rows and has_next else None,
        _token(Step.BEFORE, keys, rows[0]) if rows and has_previous else None,
        step is Step.LOST,
    )


def _order(key: Key, backward: bool) -> ColumnElement[Any]:
    return key.column.desc() if key.descending != backward else key.column.asc()


def _beyond(keys: Sequence[Key], values: Sequence[Any], backward: bool) -> ColumnElement[bool]:
    choices = []
    for index, key in enumerate(keys):
        same = [before.column == value for before, value in zip(keys, values[:index], strict=False)]
        later = (
            key.column < values[index] if key.descending != backward else key.column > values[index]
        )
        choices.append(and_(*same, later))
    return or_(*choices)


def _token(step: Step, keys: Sequence[Key], row: Any) -> str:
    values = [_plain(key.value(row)) for key in keys]
    return _signer(keys).dumps([str(step), *values])  # type: ignore[return-value]


def _plain(value: Any) -> Any:
    return {"at": value.isoformat()} if isinstance(value, datetime) else value


def _place(token: str | None, keys: Sequence[Key]) -> tuple[Step, list[Any]]:
    if not token:
        return Step.FIRST, []
    try:
        step, *values = _signer(keys).loads(token)
    except (BadData, ValueError):
        return Step.LOST, []
    if len(values) != len(keys):
        return Step.LOST, []
    return Step(step), [_value(value) for value in values]


def _value(value: Any) -> Any:
    return datetime.fromisoformat(value["at"]) if isinstance(value, dict) else value


def _signer(keys: Sequence[Key]) -> URLSafeSerializer:
    """Signed, so that only tokens we gave out for an order of this kind reach a query."""
    kinds = ",".join(type(key.column.type).__name__ for key in keys)
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"page:{kinds}")
