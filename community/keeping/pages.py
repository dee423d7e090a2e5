"""Which pages are kept, said at their views, and what each was made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import current_app, g, request

from community.database import session
from community.openings import Note, notes_of_page
from community.versions import house_stands
from community.viewer import current_viewer

V = TypeVar("V", bound=Callable[..., Any])

WANTED = "guildhall.keep"


@dataclass
class Made:
    """What a page was made from, read before the page was.

    `stands`: of all spaces that can be read with these audiences, and of the house. `rows` and
    their `versions`: the page shows nothing else that can change.
    """

    audiences: frozenset[int]
    stands: tuple[int, int]
    rows: tuple[tuple[str, int], ...] = ()
    versions: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()


def kept(*parameters: str) -> Callable[[V], V]:
    """Keep the page of this view for visitors; these parts of the query are all it looks at."""

    def declare(view: V) -> V:
        @wraps(view)
        def run(*args: Any, **values: Any) -> Any:
            if not _may_be_kept(parameters):
                return view(*args, **values)
            audiences = current_viewer().audiences
            made = g.made = Made(audiences, house_stands(session.connection()).of(audiences))
            answer = view(*args, **values)
            made.notes = notes_of_page()
            request.environ[WANTED] = made
            return answer

        return run  # type: ignore[return-value]

    return declare


def made_from(*rows: Any) -> None:
    """Say that the page shows these rows and, beside them, only what the house's version covers."""
    made: Made | None = g.get("made")
    if made:
        made.rows = tuple((row.__tablename__, row.id) for row in rows)
        made.versions = tuple(row.version for row in rows)


def _may_be_kept(parameters: Sequence[str]) -> bool:
    if request.cookies.get(current_app.config["SESSION_COOKIE_NAME"]) is not None:
        return False
    return current_viewer().member is None and set(request.args) <= set(parameters)
