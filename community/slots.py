"""What rooms put on pages that they do not own: entries of the navigation, pieces and values."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar

from flask import current_app, g, request, url_for
from flask_babel import LazyString
from markupsafe import Markup
from werkzeug.local import LocalProxy

from community.escaping import marked, written
from community.i18n import spoken_in
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


NOTHING = Markup("")

_places: list[Place] = []
_slots: dict[str, list[Callable[..., str | None]]] = {}
_values: dict[str, Any] = {}


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


def places() -> list[tuple[str, str, bool]]:
    """Label, address and whether it is the one at hand, of those that the viewer is shown."""
    viewer, path = current_viewer(), request.path
    known = _named(request.script_root, *spoken_in())
    return [
        (*known[place.endpoint], _stands_for(place, path))
        for place in _places
        if place.endpoint in known and place.shown_to(viewer)
    ]


@lru_cache(64)
def _named(_root: str, *_language: Hashable) -> dict[str, tuple[str, str]]:
    """The labels and addresses of all that this application has, as the reader sees them."""
    known = current_app.view_functions
    return {
        place.endpoint: (str(place.label), url_for(place.endpoint))
        for place in _places
        if place.endpoint in known
    }


def _stands_for(place: Place, path: str) -> bool:
    if path == "/":
        return "/" in place.prefixes
    return any(prefix != "/" and path.startswith(prefix) for prefix in place.prefixes)


def fills(slot: str) -> Callable[[V], V]:
    """Let a function put a piece of page where a lower room left a slot for it."""

    def register(view: V) -> V:
        _slots.setdefault(slot, []).append(view)
        return view

    return register


def slot(name: str, **context: Any) -> Markup:
    """What the other rooms put here, in the order they registered."""
    views = _slots.get(name)
    if not views:
        return NOTHING
    pieces = [view(**context) for view in views]
    return marked("".join([piece for piece in pieces if piece]))


def entry(url: str, label: str) -> Markup:
    """A link as an entry of a menu."""
    return marked(f'<li><a href="{written(url)}">{written(label)}</a></li>')


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
