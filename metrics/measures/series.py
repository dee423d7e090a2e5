"""The same question asked of one window after another."""

from dataclasses import replace
from datetime import timedelta

from flask_babel import gettext as _

from community.errors import Invalid
from metrics.facts.days import midnight
from metrics.measures.answers import result_of
from metrics.measures.freshness import Freshness
from metrics.questions import Question
from metrics.results import Result
from metrics.windows import Window

STEPS = {"day": 1, "week": 7, "period": 28}
MOST = 120


def windows_of(window: Window, step: str) -> list[Window]:
    """Whole steps that end with the window's last day, the earliest first."""
    if step not in STEPS:
        raise Invalid({"step": _("step is one of %(choices)s.", choices=", ".join(STEPS))})
    days = STEPS[step]
    found = [Window.ending(window.last, window.zone, days)]
    while len(found) < MOST and _still_inside(found[-1].previous, window):
        found.append(found[-1].previous)
    return found[::-1]


def _still_inside(candidate: Window, window: Window) -> bool:
    return bool(window.first and candidate.first and candidate.first >= window.first)


def series(question: Question, step: str, fresh: Freshness) -> list[Result]:
    """One result for each step; a state is taken as of the end of its step."""
    windows = windows_of(question.asked or question.window, step)
    return [result_of(_at(question, window), fresh) for window in windows]


def _at(question: Question, window: Window) -> Question:
    if not question.metric.state_of_now:
        return question.over(window)
    end = midnight(window.last + timedelta(days=1), window.zone)
    return replace(question, window=replace(window, first=None), as_of=min(question.as_of, end))
