"""How long something takes when some of it has not happened yet: the Kaplan-Meier curve.

What is still open counts as open for as long as it was watched (it is censored), so a community
does not look faster by leaving questions unanswered. Intervals are Greenwood's, log-log.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from typing import NamedTuple

from metrics.statistics.intervals import Estimate, Interval, OpenEstimate, two_sided
from metrics.statistics.proportions import wilson

ROUNDING = 1e-12


class Wait(NamedTuple):
    """How long it took, or, where `ended` is false, how long it has been open so far."""

    time: float
    ended: bool


class Step(NamedTuple):
    """From `time` on, the share `survival` is still open."""

    time: float
    at_risk: int
    ended: int
    survival: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """What is still open after each time at which something ended."""

    times: tuple[float, ...]
    steps: tuple[Step, ...]

    @property
    def n(self) -> int:
        return len(self.times)

    @property
    def ended(self) -> int:
        return sum(step.ended for step in self.steps)

    def open_at(self, time: float) -> Estimate:
        """The share still open at `time`; beyond the longest wait it is the last known."""
        position = bisect_right(self.steps, time, key=lambda step: step.time)
        if not position:
            nobody = wilson(0, max(1, self.at_risk(time)))
            return Estimate(1.0, 1 - nobody.high, 1.0)
        step = self.steps[position - 1]
        return Estimate(step.survival, step.low, step.high)

    def ended_by(self, time: float) -> Estimate:
        """The share that ended within `time`."""
        still_open = self.open_at(time)
        return Estimate(1 - still_open.value, 1 - still_open.high, 1 - still_open.low)

    def reaches(self, time: float) -> bool:
        """Whether anything was watched for as long as `time`, or all had ended before."""
        return bool(self.times) and (time <= self.times[-1] or self.ended == self.n)

    def quantile(self, share: float) -> OpenEstimate:
        """The time by which `share` had ended; None where the curve or its band stays above."""
        level = 1 - share + ROUNDING
        return OpenEstimate(
            _first(step.time for step in self.steps if step.survival <= level),
            _first(step.time for step in self.steps if step.low <= level),
            _first(step.time for step in self.steps if step.high <= level),
        )

    def at_risk(self, time: float) -> int:
        """How many were still open, and still watched, just before `time`."""
        return self.n - bisect_left(self.times, time)

    def mean_up_to(self, horizon: float) -> float:
        """The mean wait, no wait counted beyond `horizon`: the area under the curve."""
        corners = [
            (0.0, 1.0),
            *((step.time, step.survival) for step in self.steps if step.time < horizon),
        ]
        corners.append((horizon, 0.0))
        return sum(height * (end - start) for (start, height), (end, _) in pairwise(corners))


def kaplan_meier(waits: Iterable[Wait], confidence: float = 0.95) -> Curve:
    """The curve of what is still open; at equal times, ends come before what was only watched."""
    seen = sorted(waits)
    times = tuple(wait.time for wait in seen)
    ended_at = Counter(wait.time for wait in seen if wait.ended)
    z = two_sided(confidence)
    steps: list[Step] = []
    survival, variance, ceiling = 1.0, 0.0, 1.0
    for time, ended in ended_at.items():
        at_risk = len(times) - bisect_left(times, time)
        survival *= 1 - ended / at_risk
        if survival:
            variance += ended / (at_risk * (at_risk - ended))
            ends = _log_log(survival, variance, z)
        else:
            ends = Interval(0.0, min(ceiling, wilson(0, len(times), confidence).high))
        ceiling = ends.high
        steps.append(Step(time, at_risk, ended, survival, *ends))
    return Curve(times, tuple(steps))


def _log_log(survival: float, variance: float, z: float) -> Interval:
    reach = exp(z * sqrt(variance) / log(survival))
    return Interval(survival ** (1 / reach), survival**reach)


def _first(times: Iterable[float]) -> float | None:
    return next(iter(times), None)
