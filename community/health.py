"""`/healthz`: this process answers. `/readyz`: database, worker and index do, too."""

import threading
from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, Flask, Response, jsonify
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from community import clock
from community.database import session
from community.events import EventRow
from community.leaving import is_leaving
from community.web import access

bp = Blueprint("health", __name__)

LAGGING = timedelta(minutes=2)
PATIENCE_SECONDS = 2.0

_checks: dict[str, Callable[[], bool]] = {}
_looking = threading.Lock()


def check(name: str) -> Callable[[Callable[[], bool]], Callable[[], bool]]:
    """Add something that must be well for this installation to be ready."""

    def register(function: Callable[[], bool]) -> Callable[[], bool]:
        _checks[name] = function
        return function

    return register


def register(app: Flask) -> None:
    app.register_blueprint(bp)


def state() -> dict[str, bool]:
    """What is well and what is not, by name; nothing, while somebody else is still waiting to hear:
    what says nothing may hold up one who asks, not all of them.
    """
    if not _looking.acquire(timeout=PATIENCE_SECONDS):
        return dict.fromkeys(_checks, False) | {"open": is_open()}
    try:
        return {name: _holds(function) for name, function in _checks.items()}
    finally:
        _looking.release()


def _holds(function: Callable[[], bool]) -> bool:
    try:
        return function()
    except (SQLAlchemyError, OSError):
        return False


@check("open")
def is_open() -> bool:
    return not is_leaving()


@check("database")
def database_answers() -> bool:
    return session.scalar(text("SELECT 1")) == 1


@check("worker")
def worker_keeps_up() -> bool:
    """No event waits longer than two minutes."""
    oldest = session.scalar(
        select(EventRow.recorded_at)
        .where(EventRow.dispatched_at.is_(None))
        .order_by(EventRow.id)
        .limit(1)
    )
    return oldest is None or clock.now() - oldest < LAGGING


@bp.get("/healthz")
@access("anyone")
def healthz() -> Response:
    return jsonify(status="ok")


@bp.get("/readyz")
@access("anyone")
def readyz() -> tuple[Response, int]:
    found = state()
    return jsonify(found), 200 if all(found.values()) else 503
