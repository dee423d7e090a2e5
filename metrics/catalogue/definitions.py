"""The definitions. A change of meaning is a new `version`."""

from flask_babel import lazy_gettext as _l

from metrics.catalogue.ladder import LADDER
from metrics.catalogue.metric import Metric

_EACH_CONTRIBUTOR = _l("one row for each contributor, with one of their contributions")

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
        rows=_EACH_CONTRIBUTOR,
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
        rows=_EACH_CONTRIBUTOR,
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
        rows=_EACH_CONTRIBUTOR,
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
        rows=_EACH_CONTRIBUTOR,
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
            "topics that employees open where customers read need no response, and nobody waits on "
            "once a topic is closed."
        ),
        formula=_l("median of the Kaplan–Meier curve"),
        unit="hours",
        version=2,
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
        version=2,
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

METRICS = {metric.id: metric for metric in (*_ALL, *LADDER)}
