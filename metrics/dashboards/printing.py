"""Making editions of the dashboards: their pages are made as for readers, to have them answered."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from operator import itemgetter

from flask import current_app
from sqlalchemy import select

from community import clock
from community.database import session
from community.spaces.models import Space
from community.viewer import SYSTEM
from metrics.dashboards import pages
from metrics.dashboards.ladder import ladder
from metrics.measures.editions import Scope, in_print, put_into_print
from metrics.measures.freshness import Freshness, freshness
from metrics.questions import SEGMENTS

SECONDS_AT_ONCE = 0.5
# The numbers of everybody take a fortieth of the worker's time at most, the others another.
REST = 40
NEVER = datetime.min.replace(tzinfo=UTC)


def renew() -> None:
    """Make what is due: the whole site's first, then what was made longest ago."""
    fresh, began = freshness(), time.monotonic()
    for scope in _due(fresh):
        make(scope, fresh)
        if time.monotonic() - began > SECONDS_AT_ONCE:
            break
    session.rollback()


def make(scope: Scope, fresh: Freshness) -> None:
    """Ask all that the scope's dashboards ask, and keep the answers."""
    began, fresh = time.monotonic(), replace(fresh, known={})
    with current_app.test_request_context():
        for page, asked in _pages(scope):
            page(SYSTEM, asked, fresh)
    put_into_print(scope, fresh, time.monotonic() - began)


def _pages(scope: Scope) -> Iterator[tuple[Callable[..., object], dict[str, str]]]:
    asked: dict[str, str] = {}
    if scope.segment:
        asked["segment"] = scope.segment.name.lower()
    if scope.space_id:
        asked["space"] = session.get_one(Space, scope.space_id).slug
    else:
        yield ladder, asked
    yield pages.overview, asked
    yield pages.engagement, asked


def _due(fresh: Freshness) -> list[Scope]:
    if fresh.computed_at is None:
        return []
    others = [Scope(segment=side) for side in SEGMENTS.values()]
    others += [Scope(space_id=key) for key in session.scalars(select(Space.id))]
    everybody = [Scope()] if _due_since(Scope(), fresh, REST) else []
    since = [(_due_since(one, fresh, REST * len(others)), one) for one in others]
    oldest_first = sorted(((at, one) for at, one in since if at), key=itemgetter(0))
    return [*everybody, *(one for _at, one in oldest_first)]


def _due_since(scope: Scope, fresh: Freshness, rest: float) -> datetime | None:
    """When it was made, if it says nothing of the present and has been left alone long enough."""
    edition = in_print(scope)
    if edition is None:
        return NEVER
    rested = abs(clock.now() - edition.made_at) >= rest * timedelta(seconds=edition.seconds)
    return edition.made_at if rested and not edition.is_of(fresh) else None
