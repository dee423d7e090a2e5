"""Keeping the rollups up with the facts."""

from community.jobs import periodic
from metrics.rollups.building import refresh


@periodic("metrics.rollups", seconds=5)
def refresh_rollups() -> None:
    refresh()
