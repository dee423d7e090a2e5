"""The ladder of members: five numbers about the same levels."""

from flask_babel import lazy_gettext as _l

from metrics.catalogue.metric import Metric

_EACH_OF_THEM = _l("one row for each of them, with one of their contributions")

LADDER = (
    Metric(
        id="ladder",
        code="L1",
        name=_l("Engaged members"),
        definition=_l(
            "Each member stands, for each period of four whole weeks, on one level of the ladder "
            "of members: absent, monitor, discover, share, participate, co-create. Of those who "
            "were not absent, this is the share who participate or co-create. Counted for the "
            "last period that is over; the ladder of the organisation is another one."
        ),
        formula=_l("members on level 4 or 5 / members on levels 1 to 5"),
        unit="share",
        step=6,
        numerator=_l("members on level 4 or 5"),
        rows=_EACH_OF_THEM,
        better="higher",
        counter="gini",
        source="Preece and Shneiderman, Reader-to-Leader; Orbit levels",
        by_period=True,
    ),
    Metric(
        id="ladder_transitions",
        code="L2",
        name=_l("Ways up and down the ladder"),
        definition=_l(
            "How many members went from which level in one period to which in the next, those who "
            "came new and those who left included. A matrix, not a number."
        ),
        formula="Nᵢⱼ, Pᵢⱼ = Nᵢⱼ / Σⱼ Nᵢⱼ",
        unit="share",
        step=6,
        rows=_l("one row for each member who changed level, came or left"),
        counter="net_progress",
        source="Orbit; Discourse trust level pipeline",
        by_period=True,
    ),
    Metric(
        id="engagement_conversion",
        code="L3",
        name=_l("From participation to engagement"),
        definition=_l(
            "Of the members who stood on levels 1 to 3 in one period, the share who stood on level "
            "4 or 5 in the next. Who left in between has not come that far."
        ),
        formula=_l("members from levels 1–3 now on 4–5 / members who were on levels 1–3"),
        unit="share",
        step=6,
        numerator=_l("members who came up to level 4 or 5"),
        rows=_EACH_OF_THEM,
        better="higher",
        counter="engaged_retention",
        source="own",
        by_period=True,
    ),
    Metric(
        id="engaged_retention",
        code="L4",
        name=_l("Engaged who stay"),
        definition=_l(
            "Of the members who stood on level 4 or 5 in one period, the share who stood there in "
            "the next too."
        ),
        formula=_l("members still on levels 4–5 / members who were on levels 4–5"),
        unit="share",
        step=8,
        numerator=_l("members still on level 4 or 5"),
        rows=_EACH_OF_THEM,
        better="higher",
        counter="engagement_conversion",
        source="own",
        by_period=True,
    ),
    Metric(
        id="net_progress",
        code="L5",
        name=_l("Net progress"),
        definition=_l(
            "Members who went up the ladder from one period to the next, less those who went down, "
            "by all who were members in both. Above zero, more climb than drop."
        ),
        formula=_l("(ups − downs) / members in both periods"),
        unit="balance",
        step=8,
        rows=_l("one row for each member who went up or down"),
        better="higher",
        counter="engaged_retention",
        source="Discourse trust level pipeline",
        by_period=True,
    ),
)
