"""When the disk is full or the database is away: what an error means, and what people are told."""

import errno

from flask import Flask, Response, current_app, make_response, request
from flask_babel import force_locale
from sqlalchemy.exc import DBAPIError, OperationalError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import InternalServerError

from community import reaching  # noqa: F401 - it is told of each connection
from community.database import session
from community.errors import (
    Busy,
    Full,
    Refusal,
    answer_fault,
    answer_refusal,
    told_of,
    wants_json,
)
from community.i18n import LANGUAGES
from community.postgresql import DISK_FULL, driver_errors
from community.sqlite import sqlite_driver

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# SQLite has one class for all that can befall it; what it says tells them apart.
FULL = ("is full",)
AWAY = ("locked", "disk I/O error", "unable to open")


def register(app: Flask) -> None:
    for kind in (DBAPIError, PendingRollbackError, NoConnectionFree, *_no_answer()):
        app.register_error_handler(kind, answer_outage)
    app.register_error_handler(OSError, answer_outage)
    app.teardown_appcontext(_let_go)
    app.register_error_handler(500, _answer_second)


def _let_go(_error: BaseException | None) -> None:
    """End the session, whose connection may be lost: the answer has been found by then."""
    try:
        session.remove()
    except (DBAPIError, *_no_answer()):
        session().invalidate()


def _no_answer() -> tuple[type[Exception], ...]:
    """What the search index, which is asked past the toolkit, says of a server that is away."""
    return driver_errors("OperationalError")


def is_full(error: BaseException) -> bool:
    """Whether there was no room for what had to be written."""
    if isinstance(error, DBAPIError):
        return getattr(error.orig, "sqlstate", "") == DISK_FULL or _says(error, FULL)
    return isinstance(error, OSError) and error.errno in NO_ROOM


def is_outage(error: BaseException) -> bool:
    """Whether the same may well succeed later, nothing being wrong with it."""
    # What is asked after the connection was lost in mid-transaction has a class of its own.
    if is_full(error) or isinstance(error, (NoConnectionFree, PendingRollbackError, *_no_answer())):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if not isinstance(error, OperationalError):
        return False
    # What goes wrong with a server's connection has no other class; our own faults have.
    return not isinstance(error.orig, sqlite_driver.Error) or _says(error, AWAY)


def _says(error: DBAPIError, words: tuple[str, ...]) -> bool:
    return any(word in str(error.orig) for word in words)


def answer_outage(error: Exception) -> Response:
    """503 or 507 with what was typed; anything else is a fault of ours."""
    if not is_outage(error):
        return answer_fault(error)
    current_app.logger.error("%s %s could not be done: %s", request.method, request.path, error)
    refusal = Full() if is_full(error) else Busy()
    if is_full(error):
        session.rollback()
        return answer_refusal(refusal)
    return _answer_without_database(refusal)


def _answer_second(error: InternalServerError) -> Response:
    """What befell the house while it was answering a first error, such as an address it lacks."""
    return answer_outage(error.original_exception or error)  # type: ignore[arg-type]


def _answer_without_database(refusal: Refusal) -> Response:
    """In the browser's language, because the member's own is where nobody answers."""
    language = request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
    with force_locale(language):
        if wants_json():
            return answer_refusal(refusal)
        response = make_response(_page(refusal, language))
    response.status_code = refusal.status
    response.headers["Retry-After"] = str(Busy.retry_after)
    return response


def _page(refusal: Refusal, language: str) -> str:
    template = current_app.jinja_env.get_template("errors/refusal.html")
    return template.render(
        **told_of(refusal),
        csrf_token=lambda: request.form.get("csrf_token", ""),
        language=language,
    )
