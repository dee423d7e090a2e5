"""What every page has: access, headers, navigation, slots and fragments."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
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
from flask_babel import LazyString, get_locale
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.local import LocalProxy

from community.config import settings
from community.errors import BadRequest, NotFound, NotSignedIn, wants_json
from community.incoming import refuse_unstorable
from community.policy import can, may_see
from community.viewer import Viewer, current_viewer

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


# Navigation and slots ----------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation; `prefixes` are the addresses it stands for."""

    label: LazyString
    endpoint: str
    prefixes: tuple[str, ...]
    shown_to: Callable[[Viewer], bool]
    position: int


_places: list[Place] = []
_slots: dict[str, list[Callable[..., str | None]]] = {}


def add_place(
    label: LazyString,
    endpoint: str,
    *,
    prefixes: tuple[str, ...],
    position: int,
    shown_to: Callable[[Viewer], bool] = lambda viewer: True,
) -> None:
    place = Place(label, endpoint, prefixes, shown_to, position)
    if place.endpoint not in {known.endpoint for known in _places}:
        _places.append(place)
        _places.sort(key=lambda known: known.position)


def places() -> list[dict[str, Any]]:
    viewer = current_viewer()
    return [
        {
            "label": place.label,
            "url": url_for(place.endpoint),
            "current": (request.path == "/" and "/" in place.prefixes)
            or any(p != "/" and request.path.startswith(p) for p in place.prefixes),
        }
        for place in _places
        if place.endpoint in current_app.view_functions and place.shown_to(viewer)
    ]


def fills(slot: str) -> Callable[[V], V]:
    """Let a function put a piece of page where a lower room left a slot for it."""

    def register(view: V) -> V:
        _slots.setdefault(slot, []).append(view)
        return view

    return register


def slot(name: str, **context: Any) -> Markup:
    """What the other rooms put here, in the order they registered."""
    pieces = [piece(**context) for piece in _slots.get(name, ())]
    return Markup("").join(Markup(piece) for piece in pieces if piece)


_values: dict[str, Any] = {}


def page_value(name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Let templates read a value that a room works out, once a request and only if it is shown."""

    def register(function: Callable[[], Any]) -> Callable[[], Any]:
        kept = once_per_request(function)
        _values[name] = LocalProxy(kept)
        return kept

    return register


# The application's hooks -------------------------------------------------------


def register(app: Flask) -> None:
    app.before_request(_check_host)
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
        "can": lambda permission, target=None: can(viewer, permission, target),
        "can_see": lambda row: may_see(viewer, row),
        "places": places,
        "slot": slot,
        "csrf_token": generate_csrf,
        "settings": settings(),
        "language": str(get_locale() or "en"),
        "direction": getattr(get_locale(), "text_direction", "ltr"),
        **_values,
        "fragment_request": is_fragment_request(),
    }


def once_per_request(function: Callable[[], Any]) -> Callable[[], Any]:
    """Keep the answer in `g`: for what several parts of one page ask."""
    name = f"once_{function.__module__}_{function.__name__}"

    @wraps(function)
    def kept() -> Any:
        if name not in g:
            setattr(g, name, function())
        return getattr(g, name)

    return kept
