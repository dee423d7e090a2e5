"""Tables of the numbers as bytes, to compare what was made twice."""

from sqlalchemy import delete, select

from community.database import session, write_transaction


def contents_of(models) -> bytes:
    """Every row of these tables, in the order of its key."""
    lines = []
    for model in models:
        table = model.__table__
        for row in session.execute(select(table).order_by(*table.primary_key)):
            lines.append(repr(tuple(row)))
    session.rollback()
    return "\n".join(lines).encode()


def empty(models) -> None:
    with write_transaction():
        for model in models:
            session.execute(delete(model))
