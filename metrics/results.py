"""The answer to a question: one shape for page, API and command line."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from metrics.questions import Question
from metrics.statistics.intervals import Estimate, Interval, difference
from metrics.statistics.survival import Curve

# A contribution counts as surviving once it has lasted so long.
FINAL_AFTER = timedelta(days=7)


class ResultState(StrEnum):
    OK = "ok"
    INSUFFICIENT = "insufficient"
    SUPPRESSED = "suppressed"
    STALE = "stale"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What a measure finds, before anybody asks whether it may be shown or relied on.

    `curve`: how long things waited, where the value is a point of that.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    numerator: int | None = None
    denominator: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    curve: Curve | None = None

    def detail_as_json(self) -> dict[str, Any]:
        if self.curve is None:
            return self.detail
        return {**self.detail, "curve": [step._asdict() for step in self.curve.steps]}


@dataclass(frozen=True, kw_only=True)
class Result:
    question: Question
    figure: Figure
    state: ResultState
    reason: str
    computed_at: datetime | None
    previous: "Result | None" = None

    @property
    def is_provisional(self) -> bool:
        """Whether something of it may still be taken away."""
        return self.question.window.ends_at + FINAL_AFTER > self.question.as_of

    @property
    def estimate(self) -> Estimate | None:
        """With both ends known, else nothing can be compared with it."""
        figure = self.figure
        if figure.value is None or figure.low is None or figure.high is None:
            return None
        return Estimate(figure.value, figure.low, figure.high)

    @property
    def change(self) -> tuple[float, Interval] | None:
        """How far from the previous window, and how far it may be."""
        then = self.previous and self.previous.estimate
        if self.estimate is None or not then:
            return None
        return self.estimate.value - then.value, difference(self.estimate, then)

    def as_json(self) -> dict[str, Any]:
        question, figure = self.question, self.figure
        return {
            "id": question.metric.id,
            "value": figure.value,
            "low": figure.low,
            "high": figure.high,
            "n": figure.n,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "unit": question.metric.unit,
            "state": str(self.state),
            "reason": self.reason,
            "detail": figure.detail_as_json(),
            "window": {**question.window.as_json(), "as_of": question.as_of.isoformat()},
            "previous": self.previous and self._earlier(self.previous),
            "version": question.metric.version,
            "computed_at": self.computed_at and self.computed_at.isoformat(),
        }

    def _earlier(self, previous: "Result") -> dict[str, Any]:
        told = previous.as_json()
        kept = {name: told[name] for name in ("value", "low", "high", "n", "state", "window")}
        change = self.change
        kept["change"] = change and {
            "value": change[0],
            "low": change[1].low,
            "high": change[1].high,
            "clear": change[1].excludes(0),
        }
        return kept
