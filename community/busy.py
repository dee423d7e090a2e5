"""What those are told who must come back in a few seconds.

Without the database, which has enough to do, and for those who only read made once: being told so
must cost far less than what they came for.
"""

import random
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, json
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.datastructures import LanguageAccept, MIMEAccept
from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date, parse_accept_header
from werkzeug.wrappers import Request, Response

from community.errors import Busy, refusal_message, texts_in, title_of
from community.i18n import LANGUAGES
from community.web import HEADERS, local_path

RETRY_AFTER_SECONDS = (3, 8)  # not everybody in the same second
MOST_TYPED_BYTES = 512 * 1024
MOST_WISHED = 500  # letters of a header that are read, and remembered


class Variant(NamedTuple):
    """Of the same answer: what suits whoever asks.

    It comes in the colours of the reader's system. Which ones a member chose is in the database,
    and remembered by the browser for its scripts (static/js/theme.js): without them, not here.
    """

    language: str
    is_program: bool


class ComeBack:
    """The whole of the application for those who are not let in."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.kept: dict[Variant, Response] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        variant = Variant(
            _language(_wished(environ, "HTTP_ACCEPT_LANGUAGE")),
            environ["PATH_INFO"].startswith("/api/")
            or _is_program(_wished(environ, "HTTP_ACCEPT")),
        )
        seconds = str(random.randint(*RETRY_AFTER_SECONDS))
        again = [("Retry-After", seconds)]
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            answer = self._to_who_writes(Request(environ), variant)
        else:
            answer = self.kept.get(variant) or self._keep(variant)
            # A part of a page asks for itself again, not for the page around it.
            if "HTTP_HX_REQUEST" not in environ:
                again.append(("Refresh", seconds))
        start_response(answer.status, [*answer.headers.to_wsgi_list(), *again])
        return [answer.data] if environ["REQUEST_METHOD"] != "HEAD" else []

    def written(self, environ: WSGIEnvironment, *, stays: bool) -> bytes:
        """The whole answer as it is sent. `stays`: the connection is for more."""
        said: list[Any] = []

        def started(status: str, headers: list[tuple[str, str]], _fault: Any = None) -> Any:
            said.extend((status, headers))
            return said.append

        body = self(environ, started)
        status, headers = said
        lines = [f"HTTP/1.1 {status}", f"Date: {http_date()}"]
        lines += [f"Connection: {'keep-alive' if stays else 'close'}"]
        lines += [f"{name}: {value}" for name, value in headers]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + b"".join(body)

    def _keep(self, variant: Variant) -> Response:
        answer = self.kept[variant] = self._to_who_reads(variant)
        return answer

    def _to_who_reads(self, variant: Variant) -> Response:
        with self.app.app_context(), force_locale(variant.language):
            if variant.is_program:
                return _for_a_program()
            message = _("This page will be asked for again in a few seconds.")
            return self._page(message, variant)

    def _to_who_writes(self, request: Request, variant: Variant) -> Response:
        with self.app.app_context(), force_locale(variant.language):
            if variant.is_program:
                return _for_a_program()
            typed, token = _typed_into(request)
            nothing_typed = _("Nothing was changed. Please try again.")
            return self._page(
                refusal_message(Busy()) if typed else nothing_typed,
                variant,
                typed=typed,
                send_to=local_path(request.full_path.rstrip("?")),
                csrf_token=lambda: token,
            )

    def _page(self, message: str, variant: Variant, **context: Any) -> Response:
        template = self.app.jinja_env.get_template("errors/refusal.html")
        page = template.render(
            status=Busy.status,
            title=title_of(Busy.status),
            message=message,
            language=variant.language,
            **context,
        )
        return _answer(page, "text/html")


def _for_a_program() -> Response:
    error = {"code": Busy.code, "message": refusal_message(Busy()), "field": None}
    return _answer(json.dumps({"error": error}), "application/json")


def _answer(body: str, mimetype: str) -> Response:
    headers = HEADERS | {"Cache-Control": "no-store"}
    return Response(body, Busy.status, headers, mimetype=mimetype)


def _wished(environ: WSGIEnvironment, header: str) -> str:
    return environ.get(header, "")[:MOST_WISHED]


@lru_cache(1024)
def _language(wished: str) -> str:
    """The browser's wish: the member's own is in the database."""
    return parse_accept_header(wished, LanguageAccept).best_match(LANGUAGES) or LANGUAGES[0]


@lru_cache(1024)
def _is_program(accepted: str) -> bool:
    return parse_accept_header(accepted, MIMEAccept).best == "application/json"


def _typed_into(request: Request) -> tuple[list[tuple[str, str]], str]:
    """What was typed, and the form's token to send it again with."""
    if (request.content_length or MOST_TYPED_BYTES) >= MOST_TYPED_BYTES:
        return [], ""
    try:
        form = request.form
    except HTTPException:
        return [], ""
    return texts_in(form), form.get("csrf_token", "")
