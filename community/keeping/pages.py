"""Which pages are kept, said at their views, and what each was made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import g, request

from community.keeping.own import Place
from community.openings import Note, notes_of_page
from community.viewer import current_viewer

V = TypeVar("V", bound=Callable[..., Any])

# How the house stood before and whose page it is to be, told to a view whose page may be kept; and
# what it was made from.
STANDING, READER, WANTED = "guildhall.standing", "guildhall.reader", "guildhall.made"


@dataclass
class Made:
    """What a page was made from, read before the page was; `places` are a shared page's marks.

    `stands`: of all spaces that can be read with these audiences, and of the house. `rows` and
    their `versions`: the page shows nothing else that can change.
    """

    endpoint: str
    audiences: frozenset[int]
    stands: tuple[int, int]
    rows: tuple[tuple[str, int], ...] = ()
    versions: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    places: tuple[Place, ...] = ()
    only_for_one: bool = False
    told_by_state: bool = False
    for_long: bool = False

    def is_like(self, other: "Made") -> bool:
        """Whether both were made from the same."""
        mine = (self.rows, self.versions, self.stands[0] if self.rows else self.stands)
        return mine == (other.rows, other.versions, other.stands[0] if other.rows else other.stands)


def kept(*parameters: str) -> Callable[[V], V]:
    """Keep the page of this view; these parts of the query are all it looks at.

    Visitors all get the same; members share the page with those who may do the same, except for
    the places that are marked as their `own`.
    """

    def declare(view: V) -> V:
        @wraps(view)
        def run(*args: Any, **values: Any) -> Any:
            if not _may_be_kept(parameters):
                return view(*args, **values)
            audiences = current_viewer().audiences
            stands = request.environ[STANDING].of(audiences)
            g.made = Made(request.endpoint or "", audiences, stands)
            if current_viewer().member:
                g.places = []
            try:
                answer = view(*args, **values)
            finally:
                places = g.pop("places", None)
            _want(g.pop("made", None), places)
            return answer

        return run  # type: ignore[return-value]

    return declare


def _want(made: Made | None, places: Sequence[Place] | None) -> None:
    """Tell the front what has just been made."""
    if made:
        made.notes, made.places = notes_of_page(), tuple(places or ())
        made.only_for_one = g.get("only_for_one", False)
        made.told_by_state = g.get("told_by_state", False)
        request.environ[WANTED] = made


def made_from(*rows: Any, for_long: bool = False) -> None:
    """Say that the page shows these rows and, beside them, only what the house's version covers.

    Said before the rest is read. `for_long`: time alone changes nothing on it but how often it was
    seen.
    """
    made: Made | None = g.get("made")
    if made:
        made.rows = tuple((row.__tablename__, row.id) for row in rows)
        made.versions = tuple(row.version for row in rows)
        made.for_long = for_long


def _may_be_kept(parameters: Sequence[str]) -> bool:
    """Not where cookies, odd ones or two of them, say another reader here than to the front."""
    asked = request.environ
    if STANDING not in asked or not set(request.args) <= set(parameters):
        return False
    return asked[READER] == current_viewer().member_id
