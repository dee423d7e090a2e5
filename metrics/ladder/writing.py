"""A period's rows, thousands at once, put into their table by the database's shortest way."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert

from community.database import session, table_of


def replace_rows(model: type[Any], first: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Delete the period's rows and insert these; joins a write transaction."""
    table, connection = table_of(model), session.connection()
    connection.execute(delete(table).where(table.c.first == first))
    if rows and connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    elif rows:
        connection.execute(insert(table), rows)


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in rows[0])
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as to:
        for row in rows:
            to.write_row([*row.values()])
