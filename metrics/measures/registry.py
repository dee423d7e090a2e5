"""Which functions answer for which metric."""

from collections.abc import Callable
from dataclasses import dataclass

from metrics.measures import dialogue, ladder, people, responses
from metrics.measures.rows import Row
from metrics.questions import Question
from metrics.results import Figure


@dataclass(frozen=True)
class Measure:
    """`people` counts those whom the figure describes, for the gate that protects them."""

    figure: Callable[[Question], Figure]
    people: Callable[[Question], int]
    rows: Callable[[Question], list[Row]]


MEASURES = {
    "active_members": Measure(people.active_members, people.count_active, people.active_rows),
    "contributors": Measure(
        people.contributors, people.count_contributors, people.contributor_rows
    ),
    "participation": Measure(people.participation, people.count_active, people.contributor_rows),
    "gini": Measure(people.concentration, people.count_contributors, people.contributor_rows),
    "absence_factor": Measure(people.absence, people.count_contributors, people.contributor_rows),
    "first_response": Measure(
        responses.first_response, responses.count_askers, responses.needing_rows
    ),
    "answered_within": Measure(
        responses.answered_within, responses.count_askers, responses.in_time_rows
    ),
    "unanswered": Measure(responses.unanswered, responses.count_askers, responses.unanswered_rows),
    "conversation_share": Measure(
        dialogue.conversation_share, dialogue.count_staff_and_addressed, dialogue.conversation_rows
    ),
    "two_way_threads": Measure(
        dialogue.two_way_threads, responses.count_openers, responses.two_way_rows
    ),
    "reciprocity": Measure(
        dialogue.reply_reciprocity, dialogue.count_talkers, dialogue.reciprocity_rows
    ),
    "ladder": Measure(ladder.engaged, ladder.count_active, ladder.engaged_rows),
    "ladder_transitions": Measure(ladder.transitions, ladder.count_all, ladder.changed_rows),
    "engagement_conversion": Measure(
        ladder.conversion, ladder.count_participating_before, ladder.converted_rows
    ),
    "engaged_retention": Measure(
        ladder.retention, ladder.count_engaged_before, ladder.retained_rows
    ),
    "net_progress": Measure(ladder.net_progress, ladder.count_in_both, ladder.moved_rows),
}
