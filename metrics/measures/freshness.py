"""How fresh the rollups are."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select

from community import clock
from community.database import session
from metrics.facts.days import milliseconds, moment_of
from metrics.facts.models import DirtyDay
from metrics.results import Figure
from metrics.rollups.models import RollupRun

STALE_AFTER = timedelta(hours=36)

# A figure, or why it is withheld.
Measured = tuple[Figure, str]


@dataclass(frozen=True)
class Freshness:
    """`run` names the state of the rollups: what was computed from it holds until the next.

    `moment` is what dashboards describe: it moves with the rollups and with the hour, so that all
    who look meanwhile ask the same. `known` are answers that need not be computed.
    """

    run: int
    computed_at: datetime | None
    stale: bool
    moment: datetime
    known: dict[str, Measured] = field(default_factory=dict, compare=False)


def freshness() -> Freshness:
    run = session.execute(select(RollupRun.token, RollupRun.finished_at)).one_or_none()
    oldest = session.scalar(select(func.min(DirtyDay.marked_at)))
    late = oldest is not None and oldest < milliseconds(clock.now() - STALE_AFTER)
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    if run is None:
        return Freshness(0, None, late, hour)
    computed_at = moment_of(run.finished_at)
    return Freshness(run.token, computed_at, late, max(hour, computed_at))
