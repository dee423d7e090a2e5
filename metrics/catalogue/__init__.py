"""The catalogue: what each number means, before anybody counts it."""

from metrics.catalogue.definitions import METRICS
from metrics.catalogue.metric import Metric

__all__ = ["METRICS", "Metric", "find_metric"]


def find_metric(metric_id: str) -> Metric:
    """Raise KeyError for what the catalogue does not know."""
    return METRICS[metric_id]
