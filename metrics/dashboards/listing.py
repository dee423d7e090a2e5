"""The rows behind a number, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from community.viewer import Viewer
from metrics.dashboards.segments import NAMES
from metrics.measures.asking import find_question
from metrics.measures.drilldown import ShownRow, rows_of, show
from metrics.questions import Question

PER_PAGE = 50


@dataclass(frozen=True)
class Listing:
    """`whose` names the segment that was asked for; `start` rows stand before these."""

    question: Question
    whose: str
    rows: Sequence[ShownRow]
    count: int
    start: int

    @property
    def earlier(self) -> int | None:
        return max(0, self.start - PER_PAGE) if self.start else None

    @property
    def further(self) -> int | None:
        following = self.start + PER_PAGE
        return following if following < self.count else None


def listing(viewer: Viewer, metric_id: str, asked: Mapping[str, str], start: int) -> Listing:
    question = find_question(viewer, metric_id, asked)
    rows = rows_of(question)
    shown = show(rows[start : start + PER_PAGE], viewer)
    return Listing(question, str(NAMES[question.segment]), shown, len(rows), start)
