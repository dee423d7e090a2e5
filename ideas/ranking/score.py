"""Trending: how much a vote weighs, so that the order never changes while nothing happens.

Forward decay (Cormode, Shkapenyuk, Srivastava, Xu: "Forward Decay: A Practical Time Decay Model for
Streaming Systems", ICDE 2009). A vote at time t weighs

    w = 2 ^ ((t - EPOCH) / HALF_LIFE)

and an idea's trend is the sum of its votes' weights. Seen from any later moment T every sum is
divided by the same 2 ^ ((T - EPOCH) / HALF_LIFE), which is the usual decay and changes no order: so
the column is indexed, written only when somebody votes, and pages of it can be kept. A vote adds
its weight; taking one back sums the rest anew, because a difference of such numbers loses its small
part. A double holds such a weight until the year 2059.
"""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
HALF_LIFE = timedelta(days=14)


def weight_at(moment: datetime) -> float:
    """What a vote cast at this moment adds to the trend."""
    return 2.0 ** ((moment - EPOCH) / HALF_LIFE)
