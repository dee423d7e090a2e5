"""The few named refusals, and the one place that turns them into answers."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException


class Refusal(Exception):
    """Something the person asked for is not done; `message` says what and what to do."""

    status = 400
    code = "bad_request"

    def __init__(self, message: str = "", *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class BadRequest(Refusal):
    """The request itself is malformed."""


class Expired(BadRequest):
    """The form was open longer than its token holds; the page offers to send it again."""

    code = "expired"


class NotSignedIn(Refusal):
    status, code = 401, "not_signed_in"


class Forbidden(Refusal):
    """One may see the thing, but not do this to it."""

    status, code = 403, "forbidden"


class NotFound(Refusal):
    """Absent, or not for these eyes: nobody is told which."""

    status, code = 404, "not_found"


class Conflict(Refusal):
    """What was asked does not fit what has happened meanwhile."""

    status, code = 409, "conflict"


class Gone(Refusal):
    status, code = 410, "gone"


class TooLarge(Refusal):
    status, code = 413, "too_large"


class UnsupportedKind(Refusal):
    """A file of a kind that is not taken."""

    status, code = 415, "unsupported_kind"


class Invalid(Refusal):
    """Input that cannot be taken, by field; the form shows it again with what was typed."""

    status, code = 422, "invalid"

    def __init__(self, errors: Mapping[str, str]) -> None:
        name, message = next(iter(errors.items()))
        super().__init__(message, field=name)
        self.errors = dict(errors)


class TooMany(Refusal):
    """Over a limit; `retry_after` in whole seconds."""

    status, code = 429, "too_many_requests"

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Busy(Refusal):
    """The house is overloaded or shut for a moment."""

    status, code = 503, "busy"
    retry_after = 5


class Full(Refusal):
    """There is no room on the disk."""

    status, code = 507, "storage_full"
    retry_after = 60


# The same form, sent again later, may well be taken.
FOR_A_WHILE = (Expired, TooMany, Busy, Full)
PASSES = (429, 500, 503, 507)
SECRET = ("password", "token", "csrf")


def wants_json() -> bool:
    return request.path.startswith("/api/") or (request.accept_mimetypes.best == "application/json")


def answer_refusal(refusal: Refusal) -> Response:
    if refusal.status == 404:
        return _not_found()
    if wants_json():
        response = jsonify(
            error={
                "code": refusal.code,
                "message": refusal_message(refusal),
                "field": refusal.field,
            }
        )
    else:
        response = make_response(_page(refusal))
    response.status_code = refusal.status
    retry_after = getattr(refusal, "retry_after", None)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _not_found() -> Response:
    """The same bytes for what never was and for what this viewer may not see."""
    if wants_json():
        response = jsonify(error={"code": "not_found", "message": _default(404), "field": None})
    else:
        response = make_response(render_template("errors/404.html"))
    response.status_code = 404
    return response


def _page(refusal: Refusal) -> str:
    context = told_of(refusal)
    if not isinstance(refusal, FOR_A_WHILE):
        context["send_to"] = None
    return render_template("errors/refusal.html", **context)


def told_of(refusal: Refusal) -> dict[str, Any]:
    """What the page of a refusal says, gives back and leads to."""
    typed = typed_text()
    here = "/" + request.full_path.lstrip("/\\").rstrip("?")  # never another host's
    passes = request.method == "GET" and refusal.status in PASSES
    return {
        "status": refusal.status,
        "title": title_of(refusal.status),
        "message": refusal_message(refusal) if typed else _to_who_typed_nothing(refusal),
        "typed": typed,
        "send_to": here,
        "again": here if passes else None,
    }


def _to_who_typed_nothing(refusal: Refusal) -> str:
    """Nobody is told that their text is kept who only opened a page or pressed a button.

    What comes with files that are too large is not read at all.
    """
    message = {
        413: _("Go back: what you typed is still there. Send it with smaller files, or none."),
        503: _("Please try again in a few seconds."),
        507: _("There is no room left on our side. Please try again later."),
    }.get(refusal.status)
    return str(refusal.message) or message or refusal_message(refusal)


def typed_text() -> list[tuple[str, str]]:
    """What was typed into the refused form, so that the page can give it back; no secrets."""
    if request.method == "GET" or request.content_length is None:
        return []
    return texts_in(_posted())


def texts_in(form: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, value in form.items()
        if value.strip() and not any(word in name for word in SECRET)
    ]


def _posted() -> Mapping[str, str]:
    """The form, or nothing where reading it is what was refused."""
    try:
        return request.form
    except HTTPException:
        return {}


def refusal_message(refusal: Refusal) -> str:
    """What the person is told: its own words, else those of its status."""
    return str(refusal.message) or _default(refusal.status)


def title_of(status: int) -> str:
    return {
        400: _("That did not arrive as it should"),
        401: _("Please sign in"),
        403: _("This is not yours to do"),
        405: _("That is not done here"),
        409: _("Something changed meanwhile"),
        410: _("This is no longer here"),
        413: _("That is too large"),
        415: _("This kind of file is not taken"),
        422: _("Please look at this again"),
        429: _("Too fast"),
        500: _("A fault of ours"),
        503: _("Busy right now"),
        507: _("Storage is full"),
    }.get(status, _("That did not work"))


def _default(status: int) -> str:
    return {
        401: _("Please sign in again; your draft is safe."),
        403: _("You may read this, but not do that with it."),
        404: _("This page does not exist, or it is not open to you."),
        405: _("This address does not answer to that kind of request."),
        413: _("That is larger than can be taken here."),
        500: _("Something went wrong on our side. It has been written down; please try again."),
        503: _("Busy right now. Your text is kept; please try again in a few seconds."),
        507: _("There is no room left on our side. Your text is kept; please try again later."),
    }.get(status, _("The request could not be understood."))


def register(app: Flask) -> None:
    app.register_error_handler(Refusal, answer_refusal)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, answer_fault)


def _answer_http(error: HTTPException) -> Response:
    if isinstance(error, CSRFError):
        return answer_refusal(
            Expired(_("This form was open too long. Your text is below: please send it again."))
        )
    if error.code is not None and 300 <= error.code < 400:
        return make_response(error.get_response())
    response = answer_refusal(_refusal_for(error.code or 500))
    for name in ("Allow", "Retry-After"):
        value = dict(error.get_headers()).get(name)
        if value:
            response.headers[name] = value
    return response


def _refusal_for(status: int) -> Refusal:
    refusal = NotFound() if status == 404 else Refusal()
    refusal.status = status
    refusal.code = {405: "method_not_allowed", 413: "too_large", 429: "too_many_requests"}.get(
        status, "bad_request"
    )
    return refusal


def answer_fault(error: Exception) -> Response:
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    current_app.logger.exception("fault at %s %s", request.method, request.path)
    fault = Refusal()
    fault.status, fault.code = 500, "fault"
    return answer_refusal(fault)
