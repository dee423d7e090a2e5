"""From a question to its result: the figure, behind its gates, beside the window before."""

from dataclasses import replace
from functools import lru_cache

from flask_babel import gettext as _

from community.config import settings
from metrics.measures.freshness import Freshness, Measured, freshness
from metrics.measures.registry import MEASURES
from metrics.measures.sharing import in_run
from metrics.questions import Question
from metrics.results import FINAL_AFTER, Figure, Result, ResultState

KEPT = 1024


def answer(question: Question, fresh: Freshness | None = None) -> Result:
    """The result with that of the window before."""
    fresh = fresh or freshness()
    return replace(result_of(question, fresh), previous=result_of(question.previous, fresh))


def result_of(question: Question, fresh: Freshness) -> Result:
    figure, withheld = _known(question, settings().suppress_below, fresh)
    state, reason = ResultState.SUPPRESSED, withheld and _withheld(withheld)
    if not withheld:
        state, reason = _judgement(question, figure, fresh)
    return Result(
        question=question,
        figure=figure,
        state=state,
        reason=reason,
        computed_at=fresh.computed_at,
    )


def _known(question: Question, fewest: int, fresh: Freshness) -> Measured:
    name = f"{question.in_words} {fewest}"
    if name not in fresh.known:
        fresh.known[name] = _measured(question, fewest, fresh.run)
    return fresh.known[name]


@lru_cache(maxsize=KEPT)
def _measured(question: Question, fewest: int, run: int) -> Measured:
    """The figure, or why it is withheld; computed once for each state of the rollups."""
    with in_run(run):
        withheld = _why_withheld(question, fewest)
        figure = Figure() if withheld else MEASURES[question.metric.id].figure(question)
    return figure, withheld


def _why_withheld(question: Question, fewest: int) -> str:
    """Too few people, here or in what is left when this is taken from the whole."""
    people = MEASURES[question.metric.id].people
    described = people(question)
    if 0 < described < fewest:
        return "few"
    rest = (people(wider) - described for wider in _without_a_filter(question))
    return "rest" if any(0 < left < fewest for left in rest) else ""


def _without_a_filter(question: Question) -> list[Question]:
    wider = []
    if question.segment is not None:
        wider.append(replace(question, segment=None))
    if question.boundary is not None:
        wider.append(replace(question, boundary=None))
    return wider


def _withheld(why: str) -> str:
    fewest = settings().suppress_below
    if why == "few":
        return _("Describes fewer than %(fewest)d people, so it is not shown.", fewest=fewest)
    return _(
        "Not shown: it would tell, by subtraction, about fewer than %(fewest)d people.",
        fewest=fewest,
    )


def _judgement(question: Question, figure: Figure, fresh: Freshness) -> tuple[ResultState, str]:
    missing = settings().rate_from - figure.n
    if not figure.n:
        return ResultState.INSUFFICIENT, _("Nothing to count in this window.")
    if missing > 0:
        return ResultState.INSUFFICIENT, _(
            "n = %(n)d is too few to rate; needs %(missing)d more.", n=figure.n, missing=missing
        )
    if fresh.stale:
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
