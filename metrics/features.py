"""The rooms of metrics, in the order in which they are put together."""

FEATURES = [
    "metrics.facts",
    "metrics.rollups",
    "metrics.ladder",
    "metrics.measures",
    "metrics.dashboards",
]
