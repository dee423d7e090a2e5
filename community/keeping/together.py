"""Several questions put to the database as one statement: each round trip costs as much as most of
the answers do.
"""

import json
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from community.bounded import Bounded
from community.keeping.statements import Rows, Statement, ask_postgresql, in_marks, name_of
from community.sqlite import sqlite_driver

MOST_JOINED = 500
# All rows, and one of them, as JSON.
ON_SQLITE = "json_group_array", "json_array"
ON_POSTGRESQL = "json_agg", "json_build_array"

Values = Mapping[str, Any]
Question = tuple[Statement, Values]

_joined: Bounded[tuple[Statement, ...], "Joined"] = Bounded(MOST_JOINED)


class NotYet(Exception):
    """The answer comes with those to other questions."""


class Together:
    """The questions of one page: who asks one for the first time comes back when it is answered."""

    def __init__(self, told: Mapping[Hashable, Rows]) -> None:
        self.answers: dict[Hashable, Rows] = dict(told)
        self.waiting: dict[Hashable, Question] = {}

    def rows(self, statement: Statement, values: Values) -> Rows:
        asked = name_of(statement, values)
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
        self.words: dict[tuple[str, str], tuple[str, ...]] = {}

    def ask(self, connection: Any, values: Sequence[Values]) -> list[Rows]:
        driver, asked = connection.driver_connection, zip(self.statements, values, strict=True)
        if isinstance(driver, sqlite_driver.Connection):
            every = [statement.for_sqlite(its) for statement, its in asked]
            words = self._join([words for words, _given in every], ON_SQLITE)
            found = driver.execute(in_marks(words), _all_of(every)).fetchone()
            return [json.loads(rows) for rows in found]
        every = [statement.for_postgresql(its) for statement, its in asked]
        words = self._join([words for words, _given in every], ON_POSTGRESQL)
        found = ask_postgresql(driver, words, _all_of(every))[0]
        return [rows or [] for rows in found]

    def _join(self, every: Sequence[Sequence[str]], functions: tuple[str, str]) -> tuple[str, ...]:
        """The words of all, put together once."""
        if functions in self.words:
            return self.words[functions]
        (rows, row), joined, columns = functions, ["WITH "], []
        for number, (statement, words) in enumerate(zip(self.statements, every, strict=True)):
            names = ", ".join(f"c{column}" for column in range(statement.width))
            joined[-1] += f"{', ' * bool(number)}q{number}({names}) AS ({words[0]}"
            joined += words[1:]
            joined[-1] += ")"
            columns.append(f"(SELECT {rows}({row}({names})) FROM q{number})")
        joined[-1] += f" SELECT {', '.join(columns)}"
        self.words[functions] = tuple(joined)
        return self.words[functions]


def _all_of(every: Sequence[tuple[Any, tuple[Any, ...]]]) -> tuple[Any, ...]:
    return tuple([one for _words, given in every for one in given])


def _ask(connection: Any, questions: Sequence[Question]) -> Sequence[Rows]:
    if len(questions) == 1:
        return [statement.ask(connection, values) for statement, values in questions]
    statements = tuple([statement for statement, _values in questions])
    joined = _joined.get(statements)
    if joined is None:
        joined = _joined[statements] = Joined(statements)
    return joined.ask(connection, [values for _statement, values in questions])
