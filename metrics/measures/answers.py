"""From a question to its result: the figure, behind its gates, beside the window before."""

from dataclasses import replace
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select

from community import clock
from community.config import settings
from community.database import session
from metrics.facts.days import milliseconds, moment_of
from metrics.facts.models import DirtyDay
from metrics.measures.registry import MEASURES
from metrics.questions import Question
from metrics.results import Figure, Result, ResultState
from metrics.rollups.models import RollupRun

STALE_AFTER = timedelta(hours=36)
# A contribution counts as surviving once it has lasted so long.
FINAL_AFTER = timedelta(days=7)


def answer(question: Question) -> Result:
    """The result with that of the window before."""
    return replace(_answer(question), previous=_answer(question.previous))


def _answer(question: Question) -> Result:
    state, reason = _protection(question)
    figure = Figure()
    if state is None:
        figure = MEASURES[question.metric.id].figure(question)
        state, reason = _judgement(question, figure)
    return Result(
        question=question,
        figure=figure,
        state=state,
        reason=reason,
        computed_at=_computed_at(),
    )


def _protection(question: Question) -> tuple[ResultState | None, str]:
    """Too few people, here or in what is left when this is taken from the whole."""
    fewest = settings().suppress_below
    people = MEASURES[question.metric.id].people
    described = people(question)
    if 0 < described < fewest:
        return ResultState.SUPPRESSED, _(
            "Describes fewer than %(fewest)d people, so it is not shown.", fewest=fewest
        )
    for wider in _without_a_filter(question):
        if 0 < people(wider) - described < fewest:
            return ResultState.SUPPRESSED, _(
                "Not shown: the rest would be known by subtraction, and is fewer than "
                "%(fewest)d people.",
                fewest=fewest,
            )
    return None, ""


def _without_a_filter(question: Question) -> list[Question]:
    wider = []
    if question.segment is not None:
        wider.append(replace(question, segment=None))
    if question.boundary is not None:
        wider.append(replace(question, boundary=None))
    return wider


def _judgement(question: Question, figure: Figure) -> tuple[ResultState, str]:
    enough = settings().rate_from
    if not figure.n:
        return ResultState.INSUFFICIENT, _("Nothing to count in this window.")
    if figure.n < enough:
        return ResultState.INSUFFICIENT, _(
            "n = %(n)d is too few to rate; needs %(missing)d more.",
            n=figure.n,
            missing=enough - figure.n,
        )
    if _is_stale():
        return ResultState.STALE, _("The rollups are more than 36 hours behind.")
    if figure.reason:
        return ResultState.OK, REASONS[figure.reason]()
    if question.window.ends_at + FINAL_AFTER > question.as_of:
        return ResultState.PROVISIONAL, _("Final a week after the window ends.")
    return ResultState.OK, ""


REASONS = {
    "not_reached": lambda: _("Fewer than half have had an answer so far."),
    "too_young": lambda: _("None of the topics is old enough yet to tell."),
}


def _computed_at() -> datetime | None:
    finished = session.scalar(select(RollupRun.finished_at))
    return moment_of(finished) if finished else None


def _is_stale() -> bool:
    oldest = session.scalar(select(func.min(DirtyDay.marked_at)))
    return oldest is not None and oldest < milliseconds(clock.now() - STALE_AFTER)
