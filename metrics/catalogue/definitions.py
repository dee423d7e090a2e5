"""The definitions. A change of meaning is a new `version`."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, kw_only=True, eq=False)
class Metric:
    """One number of the catalogue.

    `step` is the step of the roadmap it is evidence for, `level` the level of the ladder of
    organisations. `numerator` says what is counted above the line, `rows` what its rows list; where
    there is a numerator, there are as many rows. `better` is the direction one hopes for.
    `counter` is the metric to look at before celebrating this one. `state_of_now`: it describes a
    moment, so a question without a first day means everything up to it.
    """

    id: str
    code: str
    name: LazyString
    definition: LazyString
    formula: LazyString | str
    unit: str
    version: int = 1
    step: int
    level: str = ""
    numerator: LazyString | None = None
    rows: LazyString
    better: str = ""
    counter: str
    source: str
    state_of_now: bool = False

    @property
    def counts_itself(self) -> bool:
        """Whether the value is itself the number it rests on."""
        return self.id in ("active_members", "contributors")

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "code": self.code,
            "name": str(self.name),
            "definition": str(self.definition),
            "formula": str(self.formula),
            "unit": self.unit,
            "version": self.version,
            "step": self.step,
            "level": self.level or None,
            "numerator": self.numerator and str(self.numerator),
            "rows": str(self.rows),
            "better": self.better or None,
            "counter_metric": self.counter,
            "source": self.source,
        }


_ALL = (
    Metric(
        id="active_members",
        code="R2",
        name=_l("Active members"),
        definition=_l(
            "People who on at least one day of the window read a topic, idea, article or page, "
            "followed a search result, contributed, revised, voted, reacted, watched, bookmarked "
            "or accepted an answer. Bots never count."
        ),
        formula=_l("number of distinct members with at least one such act"),
        unit="people",
        step=4,
        level="monitor",
        numerator=_l("active members"),
        rows=_l("one row for each active member"),
        better="higher",
        counter="participation",
        source="Discourse user_visits",
    ),
    Metric(
        id="contributors",
        code="C1",
        name=_l("Contributors"),
        definition=_l(
            "People with at least one contribution in the window: a topic, post, idea, article or "
            "page that was still there a week later. Edits, votes and reactions are none."
        ),
        formula=_l("number of distinct members with at least one surviving contribution"),
        unit="people",
        step=5,
        level="share",
        numerator=_l("contributors"),
        rows=_l("one row for each contributor, with one of their contributions"),
        better="higher",
        counter="gini",
        source="CHAOSS Contributors",
    ),
    Metric(
        id="participation",
        code="C3",
        name=_l("Participation"),
        definition=_l("Of those who were active in the window, the share who contributed."),
        formula=_l("contributors / active members"),
        unit="share",
        step=5,
        numerator=_l("contributors"),
        rows=_l("one row for each contributor, with one of their contributions"),
        better="higher",
        counter="gini",
        source="CHAOSS Conversion Rate",
    ),
    Metric(
        id="gini",
        code="C7",
        name=_l("Concentration of contributions"),
        definition=_l(
            "How unevenly contributions are spread over contributors: 0 when all gave the same, "
            "towards 1 when one gave nearly all. Without those who gave nothing, uncorrected."
        ),
        formula="G = 2 Σ i·xᵢ / (n Σ xᵢ) − (n + 1) / n",
        unit="index",
        step=5,
        rows=_l("one row for each contributor, with one of their contributions"),
        better="lower",
        counter="contributors",
        source="Lorenz; R package ineq",
    ),
    Metric(
        id="absence_factor",
        code="C8",
        name=_l("Absence factor"),
        definition=_l(
            "The fewest people who together gave half of all contributions. Low is a risk: so few "
            "absences would halve the community."
        ),
        formula=_l("smallest k such that the k most active gave at least half"),
        unit="people",
        step=7,
        rows=_l("one row for each contributor, with one of their contributions"),
        better="higher",
        counter="contributors",
        source="CHAOSS Contributor Absence Factor",
    ),
    Metric(
        id="first_response",
        code="T1",
        name=_l("Time to first response"),
        definition=_l(
            "How long half of the topics opened in the window waited for a first post by another "
            "person. Topics still waiting count for as long as they have waited. Announcements and "
            "topics that employees open where customers read need no response."
        ),
        formula=_l("median of the Kaplan–Meier curve"),
        unit="hours",
        step=6,
        level="participate",
        rows=_l("the topics that need a response"),
        better="lower",
        counter="two_way_threads",
        source="CHAOSS Time to First Response; Ortega et al. 2014",
    ),
    Metric(
        id="answered_within",
        code="T2",
        name=_l("Answered in time"),
        definition=_l(
            "The share of topics needing a response that had one, by another person, within the "
            "promised time (24 hours unless asked otherwise), those too young to tell allowed for."
        ),
        formula=_l("1 − S(t) of the Kaplan–Meier curve"),
        unit="share",
        step=6,
        level="participate",
        numerator=_l("topics answered within the time"),
        rows=_l("the topics answered within the time"),
        better="higher",
        counter="two_way_threads",
        source="CHAOSS Time to First Response; Ortega et al. 2014",
    ),
    Metric(
        id="unanswered",
        code="T5",
        name=_l("Still waiting"),
        definition=_l(
            "Topics needing a response that have had none from another person. Closing a topic "
            "does not take it off this list."
        ),
        formula=_l("number of topics needing a response without one"),
        unit="threads",
        step=6,
        level="monitor",
        numerator=_l("topics without a response"),
        rows=_l("the topics without a response"),
        better="lower",
        counter="answered_within",
        source="Discourse topics with no response",
        state_of_now=True,
    ),
    Metric(
        id="conversation_share",
        code="D1",
        name=_l("Conversation share"),
        definition=_l(
            "Of what employees say where customers read, the share that is a reply to someone who "
            "is not an employee, and not the opening of a topic of their own. Replies among "
            "employees are left out."
        ),
        formula=_l("staff replies to others / (those + topics opened by staff), external spaces"),
        unit="share",
        step=6,
        level="share",
        numerator=_l("staff replies to others"),
        rows=_l("the replies"),
        better="higher",
        counter="two_way_threads",
        source="AIIM: from speaking at customers to engaging with them",
    ),
    Metric(
        id="two_way_threads",
        code="D3",
        name=_l("Two-way topics"),
        definition=_l(
            "Of the topics opened in the window where customers read and in which somebody who is "
            "not an employee wrote, the share that went from one side to the other and back."
        ),
        formula=_l(
            "external topics with two changes of side / those with a post by a non-employee"
        ),
        unit="share",
        step=6,
        level="participate",
        numerator=_l("topics with two changes of side"),
        rows=_l("the two-way topics"),
        better="higher",
        counter="answered_within",
        source="own",
    ),
    Metric(
        id="reciprocity",
        code="D4",
        name=_l("Reciprocity"),
        definition=_l(
            "Of all pairs in which one person replied to another in the window, the share in which "
            "the other replied to them too."
        ),
        formula=_l("arcs with an arc back / arcs of the reply graph"),
        unit="share",
        step=6,
        level="participate",
        numerator=_l("arcs with an arc back"),
        rows=_l("one reply for each such arc"),
        better="higher",
        counter="absence_factor",
        source="networkx overall_reciprocity; KONECT",
    ),
)

METRICS = {metric.id: metric for metric in _ALL}
