"""The one reading of a question as a filter, shared by figures, people and rows."""

from typing import Any

from sqlalchemy import ColumnElement

from metrics.facts.days import milliseconds
from metrics.questions import Question
from metrics.rollups.models import ThreadOpened


def asked(model: type[Any], question: Question) -> list[ColumnElement[bool]]:
    """Window, segment of who acted, space and boundary."""
    clauses = [model.day.between(question.window.first_day, question.last_day)]
    if question.segment is not None:
        clauses.append(model.segment == int(question.segment))
    if question.space_id is not None:
        clauses.append(model.space_id == question.space_id)
    if question.boundary is not None:
        clauses.append(model.boundary == int(question.boundary))
    return clauses


def threads(question: Question) -> list[ColumnElement[bool]]:
    """Topics opened in the window that existed at the moment asked about."""
    moment = milliseconds(question.as_of)
    return [*asked(ThreadOpened, question), ThreadOpened.opened_at <= moment]
