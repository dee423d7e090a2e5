"""Going through every column of text in the database for what names a person."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Enum,
    String,
    Table,
    UniqueConstraint,
    cast,
    or_,
    select,
    update,
)

from community.database import Base, session, write_transaction
from community.markup import plain_text
from community.privacy.scrubbing import Scrubber
from community.texts.models import Text
from community.threads.models import Post

AT_ONCE = 100

# Rows that the schema does not let change, hold no prose, or go as a whole.
UNTOUCHED = {"audit_entry", "origin", "profile", "email_address", "sign_up", "search_miss", "text"}


def rewrite_everywhere(scrubber: Scrubber) -> None:
    """Rewrite what names the person, in short transactions; running it again changes nothing."""
    rewrite_texts(scrubber)
    for table, columns in searched_tables():
        _rewrite_table(table, columns, scrubber)


def searched_tables() -> Iterator[tuple[Table, list[Column[Any]]]]:
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.columns if _is_prose(table, column)]
        if columns and table.name not in UNTOUCHED:
            yield table, columns


def _is_prose(table: Table, column: Column[Any]) -> bool:
    if isinstance(column.type, JSON):
        return True
    if not isinstance(column.type, String) or isinstance(column.type, Enum):
        return False
    unique = column.unique or column.primary_key or column.foreign_keys
    combined = any(
        column.name in constraint.columns
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    )
    return not unique and not combined and (column.type.length or 0) >= 40


def _rewrite_table(table: Table, columns: Sequence[Column[Any]], scrubber: Scrubber) -> None:
    keys = list(table.primary_key.columns)
    named = or_(*(_contains(column, scrubber.needles) for column in columns))
    rows = session.execute(select(*keys, *columns).where(named)).all()
    session.rollback()
    for start in range(0, len(rows), AT_ONCE):
        with write_transaction():
            for row in rows[start : start + AT_ONCE]:
                values = dict(row._mapping.items())
                changed = {
                    column.name: _fitting(column, scrubber.scrub_value(values[column.name]))
                    for column in columns
                    if values[column.name]
                }
                this = [key == values[key.name] for key in keys]
                session.execute(update(table).where(*this).values(changed))


def _contains(column: Any, needles: Sequence[str]) -> ColumnElement[bool]:
    text = cast(column, String) if isinstance(column.type, JSON) else column
    return or_(*(text.icontains(needle, autoescape=True) for needle in needles))


def _fitting(column: Column[Any], value: Any) -> Any:
    length = getattr(column.type, "length", None)
    return value[:length] if isinstance(value, str) and length else value


def rewrite_texts(scrubber: Scrubber) -> None:
    """Texts: their source, and what was rendered from it with whom it mentions and quotes."""
    name = escape(scrubber.person.name)
    quoting = Text.html.contains("quote__source") & Text.html.contains(name, autoescape=True)
    columns = (Text.source, Text.html, Text.plain)
    named = [_contains(column, scrubber.needles) for column in columns]
    ids = session.scalars(select(Text.id).where(or_(quoting, *named))).all()
    session.rollback()
    for start in range(0, len(ids), AT_ONCE):
        some = select(Text).where(Text.id.in_(ids[start : start + AT_ONCE]))
        with write_transaction():
            for text in session.scalars(some):
                _rewrite(text, scrubber)


def _rewrite(text: Text, scrubber: Scrubber) -> None:
    html = scrubber.scrub_html(text.html, _written_by(scrubber, scrubber.quoted_in(text.html)))
    if html != text.html:
        text.html, text.plain = html, plain_text(html)
    text.source, text.plain = scrubber.scrub(text.source), scrubber.scrub(text.plain)


def _written_by(scrubber: Scrubber, public_ids: Sequence[str]) -> dict[str, bool]:
    """Of these posts, which are the person's. A post that is gone counts as theirs."""
    others = select(Post.public_id).where(
        Post.public_id.in_(public_ids), Post.author_id != scrubber.person.member_id
    )
    kept = set(session.scalars(others)) if public_ids else set()
    return {public_id: public_id not in kept for public_id in public_ids}
