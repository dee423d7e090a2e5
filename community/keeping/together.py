"""Several questions put to the database as one statement: each round trip costs as much as most of
the answers do.
"""

import json
import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from community.keeping.statements import Rows, Statement
from community.sqlite import sqlite_driver

MOST_JOINED = 500
NAMED = re.compile(r"%\((\w+)\)s")

Values = Mapping[str, Any]
Question = tuple[Statement, Values]

_joined: dict[tuple[Statement, ...], "Joined"] = {}


class NotYet(Exception):
    """The answer comes with those to other questions."""


class Together:
    """The questions of one page: who asks one for the first time comes back when it is answered."""

    def __init__(self) -> None:
        self.answers: dict[Hashable, Rows] = {}
        self.waiting: dict[Hashable, Question] = {}

    def rows(self, statement: Statement, values: Values) -> Rows:
        asked = statement, *[(name, _hashable(value)) for name, value in values.items()]
        if asked not in self.answers:
            self.waiting[asked] = statement, values
            raise NotYet
        return self.answers[asked]

    def ask(self, connection: Any) -> None:
        asked, questions = list(self.waiting), list(self.waiting.values())
        self.waiting = {}
        self.answers.update(zip(asked, _ask(connection, questions), strict=True))


class Joined:
    """Statements as the columns of one, each with its rows as JSON."""

    def __init__(self, statements: tuple[Statement, ...]) -> None:
        self.statements = statements
        self.on_sqlite = self.on_postgresql = ""

    def ask(self, connection: Any, values: Sequence[Values]) -> list[Rows]:
        driver = connection.driver_connection
        if isinstance(driver, sqlite_driver.Connection):
            found = driver.execute(*self._for_sqlite(values)).fetchone()
            return [json.loads(rows) for rows in found]
        with driver.cursor() as cursor:
            found = cursor.execute(*self._for_postgresql(values)).fetchone()
        return [rows or [] for rows in found]

    def _for_sqlite(self, values: Sequence[Values]) -> tuple[str, tuple[Any, ...]]:
        every = [one.for_sqlite(its) for one, its in zip(self.statements, values, strict=True)]
        if not self.on_sqlite:
            said = [sql for sql, _given in every]
            self.on_sqlite = self._join(said, "json_group_array", "json_array")
        return self.on_sqlite, tuple([one for _sql, given in every for one in given])

    def _for_postgresql(self, values: Sequence[Values]) -> tuple[str, Values]:
        every = [one.for_postgresql(its) for one, its in zip(self.statements, values, strict=True)]
        if not self.on_postgresql:
            said = [NAMED.sub(rf"%(q{n}_\1)s", sql) for n, (sql, _given) in enumerate(every)]
            self.on_postgresql = self._join(said, "json_agg", "json_build_array")
        named = [(f"q{n}_{name}", its[name]) for n, (_sql, its) in enumerate(every) for name in its]
        return self.on_postgresql, dict(named)

    def _join(self, said: Sequence[str], rows: str, row: str) -> str:
        ones, columns = [], []
        for number, (statement, sql) in enumerate(zip(self.statements, said, strict=True)):
            names = ", ".join(f"c{column}" for column in range(statement.width))
            ones.append(f"q{number}({names}) AS ({sql})")
            columns.append(f"(SELECT {rows}({row}({names})) FROM q{number})")
        return f"WITH {', '.join(ones)} SELECT {', '.join(columns)}"


def _ask(connection: Any, questions: Sequence[Question]) -> Sequence[Rows]:
    if len(questions) == 1:
        return [statement.ask(connection, values) for statement, values in questions]
    statements = tuple([statement for statement, _values in questions])
    joined = _joined.get(statements)
    if joined is None:
        if len(_joined) > MOST_JOINED:
            _joined.clear()
        joined = _joined[statements] = Joined(statements)
    return joined.ask(connection, [values for _statement, values in questions])


def _hashable(value: Any) -> Hashable:
    return tuple(value) if isinstance(value, list) else value
