"""How fresh the rollups are."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from community import clock
from community.database import session
from metrics.facts.days import milliseconds, moment_of
from metrics.facts.models import DirtyDay
from metrics.rollups.models import RollupRun

STALE_AFTER = timedelta(hours=36)


@dataclass(frozen=True)
class Freshness:
    """`run` names the state of the rollups: what was computed from it holds until the next."""

    run: int
    computed_at: datetime | None
    stale: bool


def freshness() -> Freshness:
    run = session.execute(select(RollupRun.token, RollupRun.finished_at)).one_or_none()
    oldest = session.scalar(select(func.min(DirtyDay.marked_at)))
    late = oldest is not None and oldest < milliseconds(clock.now() - STALE_AFTER)
    return Freshness(run[0] if run else 0, moment_of(run[1]) if run else None, late)


def moment_for_pages(fresh: Freshness) -> datetime:
    """The moment that dashboards describe: it moves with the rollups and with the hour.

    So that all who look meanwhile ask the same questions, which are answered once.
    """
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    return max(hour, fresh.computed_at) if fresh.computed_at else hour
