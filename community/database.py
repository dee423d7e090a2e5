"""The database: models' base, column types, and the one place that commits."""

import functools
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Enum,
    MetaData,
    String,
    Table,
    TypeDecorator,
    event,
    func,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column, registry

from community.config import Settings, settings
from community.identifiers import LENGTH, new_public_id
from community.postgresql import PAUSES, lost_a_race, pool_options
from community.sqlite import in_line, sqlite_options
from community.writing import has_written

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=Callable[[], None])

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both databases; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All models. Every text column states its length, and the schema checks it."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: UTCDateTime}
    )


@event.listens_for(Table, "after_parent_attach")
def _check_columns(table: Table, metadata: MetaData) -> None:
    if metadata is not Base.metadata:
        return
    for column in table.columns:
        kind = column.type
        if isinstance(kind, Enum):
            rule, name = column.in_(kind.enums), f"{column.name}_choice"
        elif isinstance(kind, String) and kind.length:
            rule, name = func.length(column) <= kind.length, f"{column.name}_length"
        else:
            continue
        table.append_constraint(CheckConstraint(rule, name=name))


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
session = db.session


def public_id() -> MappedColumn[str]:
    return mapped_column(String(LENGTH), unique=True, default=new_public_id)


def drew_a_taken_id(error: DBAPIError) -> bool:
    """Both databases name the column. Among a million rows it happens once, more or less."""
    return isinstance(error, IntegrityError) and "public_id" in str(error.orig)


def choice(kind: type[StrEnum], *, name: str = "") -> Enum:
    """A column type for a `StrEnum`, stored by value and checked by the schema.

    A table's second column of the same kind names its check.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=name or kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


# Transactions ---------------------------------------------------------------


class UnauthorizedWrite(AssertionError):
    """An action wrote without asking whether it may: a fault of ours, never of the person."""


class WriteOutsideAction(AssertionError):
    """Something was changed before an action began, so no action would answer for it."""


@contextmanager
def write_transaction() -> Iterator[None]:
    """One short write transaction; inside another one, join it.

    What was loaded before is read again inside, under the lock. On SQLite writers queue on a
    thread lock and a file lock before `BEGIN IMMEDIATE`, because SQLite's own waiting is unfair
    (p99 of a second at eight writers; 31 ms so).
    """
    current = session()
    if current.info.get("writing"):
        yield
        return
    if current.new or current.dirty or current.deleted:
        raise WriteOutsideAction(f"{[*current.new, *current.dirty, *current.deleted]}")
    if current.in_transaction() and has_written(current.connection()):
        raise WriteOutsideAction
    current.commit()
    before: dict[str, Callable[[], None]] = {}
    after: list[Callable[[], None]] = []
    with _one_writer():
        current.info.update(
            writing=True, before_commit=before, after_commit=after, authorized=False
        )
        try:
            current.connection(execution_options={"write": True})
            yield
            current.flush()
            for call in before.values():
                call()
            current.commit()
        except BaseException:
            current.rollback()
            raise
        finally:
            for name in ("writing", "before_commit", "after_commit", "authorized"):
                del current.info[name]
    for call in after:
        call()


@contextmanager
def exclusively() -> Iterator[None]:
    """Keep every writer out, for what SQLite does to the whole file; not inside a transaction."""
    session.rollback()
    with _one_writer():
        yield


def action(verb: Callable[P, R]) -> Callable[P, R]:
    """Make `verb` one transaction that must authorize: nested actions join the outer one.

    One that others stood in the way of (a deadlock), or that drew a public id which a row has
    already, is rolled back and done again.
    """

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if session().info.get("writing"):
            return verb(*args, **kwargs)
        for pause in PAUSES:
            try:
                return once(*args, **kwargs)
            except DBAPIError as error:
                if not (lost_a_race(error) or drew_a_taken_id(error)):
                    raise
            time.sleep(pause)
        return once(*args, **kwargs)

    def once(*args: P.args, **kwargs: P.kwargs) -> R:
        with write_transaction():
            result = verb(*args, **kwargs)
            if not session().info["authorized"]:
                raise UnauthorizedWrite(verb.__qualname__)
            return result

    return run


def note_authorization() -> None:
    """Called by `policy.authorize` alone."""
    session().info["authorized"] = True


def before_commit(name: str, make: Callable[[], C]) -> C:
    """What is called in the current write transaction when all else in it is done.

    It is made once for each transaction, so that it can collect.
    """
    return session().info["before_commit"].setdefault(name, make())


def after_commit(call: Callable[[], None]) -> None:
    """Run `call` once the current write transaction has committed, and not if it does not."""
    session().info["after_commit"].append(call)


def _one_writer() -> AbstractContextManager[None]:
    if not settings().uses_sqlite:
        return nullcontext()
    return in_line(settings().data_dir / "write.lock")


def table_of(model: type[Base]) -> Table:
    """The model's table, for statements past the session."""
    return Base.metadata.tables[model.__tablename__]


# Engines --------------------------------------------------------------------


# A compiled one that loads an idea or a page with all that stands on it takes 700 kB.
MOST_COMPILED = 150


def engine_options(chosen: Settings) -> dict[str, Any]:
    options = sqlite_options(chosen) if chosen.uses_sqlite else pool_options(chosen)
    return options | {"query_cache_size": MOST_COMPILED}


def create_all() -> None:
    """Create the schema without migrations: for tests."""
    with current_app.app_context():
        Base.metadata.create_all(db.engine)
