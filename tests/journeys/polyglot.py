"""A text that runs in almost any place that forgets to escape it, and every column it can be in."""

from typing import Any

from sqlalchemy import Column, String, Table, select, update

from community.database import Base, session, write_transaction
from community.markup import render
from community.texts.models import Text

POLYGLOT = (
    "<img src=x onerror=alert()>\"'><script>alert()</script>jaVasCript:/*-/*`/*\\`/*'/*\"/**/"
    "(/* */oNcliCk=alert() )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/"
    "<sVg/oNloAd=alert()//>\\x3e"
)

# What no person chooses, or what is checked against a pattern before it is kept.
CHECKED = {
    "anchor_quote", "address", "deed", "digest", "domain", "external_id", "folded", "hash", "html",
    "key", "kind", "language", "link", "media_type", "password_hash", "path", "path_folded",
    "place", "plain", "public_id", "purpose", "quarter", "renderer", "scopes", "segment", "slug",
    "subject_kind", "system", "target_kind", "theme", "timezone", "title_folded", "to", "token",
    "token_hash", "username", "username_folded", "username_skeleton",
}  # fmt: skip
# Tables that hold no words of people, or copies that are made anew.
UNTOUCHED = {"attempt", "event", "job", "outgoing_mail", "periodic_run", "text_link", "vote"}
NAMES_IN_ADDRESSES = {("tag", "name")}


def columns() -> list[tuple[Table, Column]]:
    """Every column that takes words from people."""
    return [
        (table, column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if type(column.type) is String
        and column.name not in CHECKED
        and table.name not in UNTOUCHED
        and (table.name, column.name) not in NAMES_IN_ADDRESSES
    ]


def fill_everything() -> None:
    """Write the polyglot into every such column of every row, and render it where it is a text."""
    with write_transaction():
        for table, column in columns():
            key = next(iter(table.primary_key.columns))
            for row in session.scalars(select(key)).all():
                said = {column.name: _fitting(column, row)}
                session.execute(update(table).where(key == row).values(said))
        session.expire_all()
        for text in session.scalars(select(Text)):
            rendered = render(text.source)
            text.html, text.plain = rendered.html, rendered.plain


def _fitting(column: Column, row: Any) -> str:
    """Each row another, because some are unique."""
    mark = f"{row} "
    return mark + POLYGLOT[: (column.type.length or 9999) - len(mark)]
