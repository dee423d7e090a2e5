"""Counts by bucket: bars that lie, each with its count."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from metrics import wording
from metrics.charts.drawing import Bar, Drawing, Missing, Note, Table, Tick

# The share of its row that a bar fills.
FILL = 0.62


@dataclass(frozen=True)
class Bucket:
    label: str
    count: int


def bar_chart(
    buckets: Sequence[Bucket], *, summary: str, of_what: str, empty: str
) -> Drawing | Missing:
    """`of_what` heads the labels in the table; `empty` is said when every count is zero."""
    most = max(bucket.count for bucket in buckets)
    if not most:
        return Missing(empty)
    row = 100 / len(buckets)
    tops = [row * place + row * (1 - FILL) / 2 for place in range(len(buckets))]
    middles = [round(row * (place + 0.5), 2) for place in range(len(buckets))]
    lengths = [round(100 * bucket.count / most, 2) for bucket in buckets]
    return Drawing(
        summary=summary,
        table=Table([of_what, _("Count")], [[b.label, wording.whole(b.count)] for b in buckets]),
        bars=[
            Bar(0, round(top, 2), length, round(row * FILL, 2))
            for top, length in zip(tops, lengths, strict=True)
        ],
        notes=[
            Note(length, middle, wording.whole(bucket.count), "count")
            for bucket, length, middle in zip(buckets, lengths, middles, strict=True)
        ],
        y_ticks=[Tick(at, bucket.label) for bucket, at in zip(buckets, middles, strict=True)],
        look="rows",
    )
