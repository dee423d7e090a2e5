"""What rooms put on pages that they do not own: entries of the navigation, pieces and values."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import current_app, g, request, url_for
from flask_babel import LazyString
from markupsafe import Markup
from werkzeug.local import LocalProxy

from community.viewer import Viewer, current_viewer

V = TypeVar("V", bound=Callable[..., Any])


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
_values: dict[str, Any] = {}
_ENTRY = Markup('<li><a href="%s">%s</a></li>')


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
    return Markup("".join([piece for piece in pieces if piece]))


def entry(url: str, label: str) -> Markup:
    """A link as an entry of a menu."""
    return _ENTRY % (url, label)


def page_value(name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Let templates read a value that a room works out, once a request and only if it is shown."""

    def register(function: Callable[[], Any]) -> Callable[[], Any]:
        kept = once_per_request(function)
        _values[name] = LocalProxy(kept)
        return kept

    return register


def page_values() -> dict[str, Any]:
    return _values


def once_per_request(function: Callable[[], Any]) -> Callable[[], Any]:
    """Keep the answer in `g`: for what several parts of one page ask."""
    name = f"once_{function.__module__}_{function.__name__}"

    @wraps(function)
    def kept() -> Any:
        if name not in g:
            setattr(g, name, function())
        return getattr(g, name)

    return kept
