"""What each page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _

from community.spaces.models import Space
from community.viewer import Viewer
from metrics.dashboards import figures, sentences
from metrics.dashboards.figures import Link, Shown
from metrics.dashboards.rising import rising
from metrics.dashboards.segments import tabs_of
from metrics.dashboards.tiles import Tile, tile
from metrics.facts.models import Boundary
from metrics.measures.answers import answer
from metrics.measures.asking import find_measured_space, find_question
from metrics.measures.editions import look_up, scope_asked
from metrics.measures.freshness import Freshness, freshness
from metrics.measures.series import series
from metrics.questions import Question
from metrics.results import Result

WEEKS = 16


@dataclass(frozen=True)
class Page:
    """`lead` says what the numbers say, before any of them is shown.

    `segments` are the same page for each segment, as (name, address, current).
    """

    question: Question
    fresh: Freshness
    space: Space | None
    segments: Sequence[tuple[str, str, bool]]
    lead: Sequence[str]
    tiles: Sequence[Tile]
    charts: Sequence[Shown]


class Desk:
    """One page's question, asked of one metric after another.

    Without a state of the rollups it is of what the worker has ready, or else of the present one.
    """

    def __init__(
        self,
        viewer: Viewer,
        asked: Mapping[str, str],
        fresh: Freshness | None,
        about: str = "active_members",
    ) -> None:
        self.space = find_measured_space(viewer, asked.get("space"))
        self.fresh = fresh or _ready_for(asked, self.space)
        self.question = find_question(viewer, about, asked, self.fresh.moment)
        self.segments = tabs_of(self.question, asked)

    def answer(self, metric_id: str, boundary: Boundary | None = None) -> Result:
        question = self.question.about(metric_id)
        if boundary is not None:
            question = replace(question, boundary=boundary)
        return answer(question, self.fresh)

    def weekly(self, metric_id: str) -> list[Result]:
        """The weeks up to the window's end, whatever its length."""
        question = self.question.about(metric_id)
        window = question.window
        first = window.last - timedelta(weeks=WEEKS) + timedelta(days=1)
        weeks = replace(question, window=replace(window, first=first), asked=None)
        return series(weeks, "week", self.fresh)

    def ladder(self) -> list[Shown]:
        """The members' ladder, which knows neither spaces nor boundaries."""
        if self.space or self.question.boundary is not None:
            return []
        whole = Link(_("the whole ladder"), url_for("metrics.show_ladder"))
        return [rising(self.weekly("ladder"), whole)]

    def page(self, lead: list[str], tiles: list[Tile], charts: list[Shown]) -> Page:
        return Page(self.question, self.fresh, self.space, self.segments, lead, tiles, charts)


def _ready_for(asked: Mapping[str, str], space: Space | None) -> Freshness:
    scope, fresh = scope_asked(asked, space), freshness()
    return look_up(scope, fresh) if scope else fresh


def overview(viewer: Viewer, asked: Mapping[str, str], fresh: Freshness | None = None) -> Page:
    desk = Desk(viewer, asked, fresh)
    answered, first = desk.answer("answered_within"), desk.answer("first_response")
    waiting, absence = desk.answer("unanswered"), desk.answer("absence_factor")
    others = [desk.answer(name) for name in ("two_way_threads", "participation", "active_members")]
    charts = [
        *desk.ladder(),
        figures.waiting(first, answered),
        figures.backlog(waiting),
        figures.over_time(
            "active",
            _("Active members"),
            _("People who did anything at all, week by week, with the interval of a count."),
            desk.weekly("active_members"),
        ),
        figures.spread(desk.answer("gini"), absence),
    ]
    lead = sentences.overview(answered, absence, waiting)
    return desk.page(lead, [tile(result) for result in (answered, first, *others)], charts)


def engagement(viewer: Viewer, asked: Mapping[str, str], fresh: Freshness | None = None) -> Page:
    desk = Desk(viewer, asked, fresh)
    conversation, two_way = desk.answer("conversation_share"), desk.answer("two_way_threads")
    reciprocity = desk.answer("reciprocity")
    inside = desk.answer("answered_within", Boundary.INTERNAL)
    outside = desk.answer("answered_within", Boundary.EXTERNAL)
    tiles = [
        *(tile(result) for result in (conversation, two_way, reciprocity)),
        tile(outside, _("Answered in time, outside")),
        tile(inside, _("Answered in time, inside")),
    ]
    lead = sentences.engagement(conversation, two_way, reciprocity)
    return desk.page(lead, tiles, _dialogue_over_time(desk))


def _dialogue_over_time(desk: Desk) -> list[Shown]:
    return [
        figures.over_time(
            "conversation",
            _("Speaking at, engaging with"),
            _(
                "Of what employees say where customers read, the share that replies to "
                "someone. The bars are how much each week rests on."
            ),
            desk.weekly("conversation_share"),
        ),
        figures.over_time(
            "both-ways",
            _("Topics that go both ways"),
            _("Topics opened each week that went from one side to the other and back."),
            desk.weekly("two_way_threads"),
        ),
    ]
