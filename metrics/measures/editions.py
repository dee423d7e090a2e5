"""Editions: what dashboards ask, answered by the worker and kept in files until it does so again.

There is one for each scope, the whole site or a segment or a space. It holds figures behind
their gates, nothing of anybody; whoever deletes it makes the next reader wait for them.
"""

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from community import clock
from community.config import settings
from community.identifiers import new_public_id
from community.spaces.models import Space
from metrics.facts.models import Side
from metrics.measures.freshness import Freshness, Measured
from metrics.questions import ASKED, SEGMENTS
from metrics.results import Figure
from metrics.statistics.survival import Curve, Step

log = logging.getLogger(__name__)

LASTS = timedelta(hours=1)
# An answer of a large community has thousands of steps.
HELD = 4
TIMES = ("computed_at", "moment", "made_at")
# What reading a file ends in that is torn or was written otherwise.
TORN = (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Scope:
    """Whose numbers: of one segment, or of one space; of neither, the whole site's."""

    segment: Side | None = None
    space_id: int | None = None

    @property
    def path(self) -> Path:
        """Below a folder that a restored backup clears; of another database there are others."""
        whose = blake2b(settings().database_url.encode(), digest_size=6).hexdigest()
        name = f"{whose}-{self.space_id or 0}-{self.segment or 0:d}.json"
        return settings().data_dir / "kept-numbers" / name


def scope_asked(asked: Mapping[str, str], space: Space | None) -> Scope | None:
    """None where more is asked than whose numbers: an edition has no answer to that."""
    more = any(asked.get(name) for name in ASKED if name not in ("segment", "space"))
    segment = asked.get("segment")
    if more or (segment and (space or segment not in SEGMENTS)):
        return None
    return Scope(SEGMENTS[segment] if segment else None, space and space.id)


@dataclass(frozen=True)
class Edition:
    """`seconds` is what it took to make."""

    run: int
    computed_at: datetime
    moment: datetime
    made_at: datetime
    seconds: float

    def is_of(self, fresh: Freshness) -> bool:
        return self.run == fresh.run and self.moment == fresh.moment

    def holds(self, fresh: Freshness) -> bool:
        """Until there is nothing newer, or it is too old beside what is newer."""
        if fresh.computed_at is None or self.computed_at > fresh.computed_at:
            return False
        return self.is_of(fresh) or abs(clock.now() - self.made_at) < LASTS


# Those that could not be written: the worker rests before it makes them again, all the same.
_unkept: dict[Path, Edition] = {}


def in_print(scope: Scope) -> Edition | None:
    """What is known of its edition without reading all of it."""
    if scope.path in _unkept:
        return _unkept[scope.path]
    try:
        with scope.path.open(encoding="utf-8") as file:
            return _edition(json.loads(file.readline()))
    except TORN:
        return None


def look_up(scope: Scope, fresh: Freshness) -> Freshness:
    """The state of the rollups that the edition describes, with its answers; else the present."""
    try:
        edition, known = _read(scope.path, scope.path.stat().st_mtime_ns)
    except TORN:
        return fresh
    if not edition.holds(fresh):
        return fresh
    return Freshness(edition.run, edition.computed_at, fresh.stale, edition.moment, known)


def put_into_print(scope: Scope, fresh: Freshness, seconds: float) -> None:
    """Where that cannot be done, readers wait for the answers, as they do without a worker."""
    if fresh.computed_at is None:
        return
    head = Edition(fresh.run, fresh.computed_at, fresh.moment, clock.now(), seconds)
    known = {name: [_figure_as_json(figure), why] for name, (figure, why) in fresh.known.items()}
    try:
        _write(scope.path, f"{json.dumps(vars(head), default=str)}\n{json.dumps(known)}\n")
    except OSError:
        log.warning("%s could not be written", scope.path, exc_info=True)
        _unkept[scope.path] = head
    else:
        _unkept.pop(scope.path, None)


# As they are written -------------------------------------------------------------------


def _write(path: Path, text: str) -> None:
    """Whoever reads it meanwhile reads the old one or the new one."""
    partial = path.with_suffix(f".{new_public_id()}.part")
    path.parent.mkdir(exist_ok=True)
    try:
        partial.write_text(text)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


@lru_cache(maxsize=HELD)
def _read(path: Path, _written: int) -> tuple[Edition, dict[str, Measured]]:
    with path.open(encoding="utf-8") as file:
        head, known = json.loads(file.readline()), json.loads(file.readline())
    return _edition(head), {name: (_figure(one), why) for name, (one, why) in known.items()}


def _edition(head: dict[str, Any]) -> Edition:
    times = {name: datetime.fromisoformat(head[name]) for name in TIMES}
    return Edition(**{**head, **times})


def _figure_as_json(figure: Figure) -> dict[str, Any]:
    curve = figure.curve
    return {**vars(figure), "curve": curve and [curve.times, curve.steps]}


def _figure(told: dict[str, Any]) -> Figure:
    figure = Figure(**told)
    if not told["curve"]:
        return figure
    times, steps = told["curve"]
    return replace(figure, curve=Curve(tuple(times), tuple(Step(*step) for step in steps)))
