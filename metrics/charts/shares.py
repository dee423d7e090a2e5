"""The axis that all shares have: from nothing to all, in quarters."""

from metrics import wording
from metrics.charts.drawing import Tick
from metrics.charts.scales import Scale

QUARTERS = (0, 0.25, 0.5, 0.75, 1)


def share_ticks(scale: Scale) -> list[Tick]:
    """Half, nothing and all stay where there is little room."""
    return [
        Tick(scale(share), wording.percent(share), minor=share in (0.25, 0.75))
        for share in QUARTERS
    ]
