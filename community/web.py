"""What every page has: access, headers, fragments and addresses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException

from community.config import settings
from community.errors import BadRequest, NotFound, NotSignedIn, wants_json
from community.incoming import refuse_unstorable
from community.policy import can, may_see
from community.slots import page_values, places, slot
from community.viewer import current_viewer

V = TypeVar("V", bound=Callable[..., Any])

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


# Access ----------------------------------------------------------------------


def access(requirement: str) -> Callable[[V], V]:
    """Say who may ask for this address: `anyone`, `signed_in`, or a permission without a target.

    A view without it is refused at start-up. To those without the permission the page does not
    exist.
    """

    def declare(view: V) -> V:
        view.access = requirement  # type: ignore[attr-defined]
        return view

    return declare


def _check_access() -> Response | None:
    if request.endpoint is None:
        return None
    view = current_app.view_functions[request.endpoint]
    requirement = getattr(view, "access", None)
    if requirement == "anyone" or request.endpoint == "static":
        return None
    viewer = current_viewer()
    if requirement == "signed_in":
        return None if viewer.member else _ask_to_sign_in()
    if requirement is None or not can(viewer, requirement):
        raise NotFound
    return None


def _ask_to_sign_in() -> Response:
    if request.method not in ("GET", "HEAD") or wants_json() or "HX-Request" in request.headers:
        raise NotSignedIn
    return redirect(url_for("credentials.sign_in", next=request.full_path.rstrip("?")))  # type: ignore[return-value]


def check_every_view_says_who(app: Flask) -> None:
    """Refuse to start with a view that does not say who may ask for it."""
    for endpoint, view in app.view_functions.items():
        if endpoint != "static" and not hasattr(view, "access"):
            raise RuntimeError(f"{endpoint} does not say who may ask for it: use @access")


# Answers ---------------------------------------------------------------------


def is_fragment_request() -> bool:
    return "HX-Request" in request.headers


def fragment(name: str, *, back_to: str, **context: Any) -> Response:
    """The fragment for htmx; for a plain form, back to the page that shows it."""
    if is_fragment_request():
        return make_response(render_template(name, **context))
    return redirect(back_to, code=303)  # type: ignore[return-value]


def see_other(url: str) -> Response:
    """The answer to a successful form: go and look."""
    if is_fragment_request():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = url
        return response
    return redirect(url, code=303)  # type: ignore[return-value]


def local_path(candidate: str | None, default: str = "/") -> str:
    """`candidate` if it is a path of this site, else `default`: never off-site."""
    if not candidate or not candidate.startswith("/") or candidate.startswith(("//", "/\\")):
        return default
    parts = urlsplit(candidate)
    if parts.scheme or parts.netloc or any(ord(character) < 32 for character in candidate):
        return default
    return candidate


def view_at(path: str) -> tuple[str, dict[str, Any]] | None:
    """The endpoint and arguments of a page at `path`, whether or not there is such a thing."""
    try:
        addresses = current_app.create_url_adapter(request)
        endpoint, arguments = addresses.match(path, "GET")  # type: ignore[union-attr]
    except HTTPException:
        return None
    return endpoint, dict(arguments)


def absolute_url(path: str) -> str:
    """With the configured origin: the request's Host is never trusted for a link."""
    return settings().base_url + path


@contextmanager
def outside_a_request() -> Iterator[None]:
    """Let a job build addresses and render templates, as a visitor would see them."""
    with current_app.test_request_context(base_url=settings().base_url):
        g.pop("viewer", None)
        yield
        g.pop("viewer", None)


# The application's hooks -------------------------------------------------------


def register(app: Flask) -> None:
    app.before_request(_check_host)
    app.before_request(_without_last_slash)
    app.before_request(_check_access)
    app.before_request(refuse_unstorable)
    app.after_request(_set_headers)
    app.context_processor(_page_context)


def _check_host() -> None:
    """Whoever asks for this process's health, asks by its address."""
    known = {urlsplit(settings().base_url).netloc}
    if not settings().production:
        known.add(f"localhost:{settings().port}")
    if request.host not in known and request.blueprint != "health" and not current_app.testing:
        raise BadRequest("Bad host")


def _without_last_slash() -> Response | None:
    """`/t/k3f9x2ab/` is meant for `/t/k3f9x2ab`: no address of ours ends so."""
    bare = request.path.rstrip("/")
    if request.method not in ("GET", "HEAD") or bare in (request.path, ""):
        return None
    meant = view_at(bare)
    if meant is None:
        return None
    endpoint, arguments = meant
    asked = request.full_path.removeprefix(request.path).rstrip("?")
    return redirect(url_for(endpoint, **arguments) + asked, code=301)  # type: ignore[return-value]


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if settings().production:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    response.headers.add("Vary", "HX-Request")
    return response


def _page_context() -> dict[str, Any]:
    viewer = current_viewer()
    return {
        "viewer": viewer,
        "can": partial(can, viewer),
        "can_see": partial(may_see, viewer),
        "places": places,
        "slot": slot,
        "csrf_token": generate_csrf,
        "settings": settings(),
        "language": str(get_locale() or "en"),
        "direction": getattr(get_locale(), "text_direction", "ltr"),
        **page_values(),
        "fragment_request": is_fragment_request(),
    }
