"""Which pages are kept, said at their views, and what each was made from."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, TypeVar

from flask import current_app, g, request
from flask_login import current_user

from community.database import session
from community.keeping.own import Marks, NotShared, Place, by_kind, by_place, variants_for
from community.keeping.reader import Reader
from community.keeping.statements import Rows
from community.openings import Note, notes_of_page
from community.versions import Standing, house_stands
from community.viewer import Viewer, authenticator, current_viewer

V = TypeVar("V", bound=Callable[..., Any])

# Who asks, told to a view whose page may be kept; and what it gave.
ASKED, WANTED = "guildhall.asked", "guildhall.wanted"


@dataclass(frozen=True)
class Asked:
    """Who asks, as the front knows them: nobody, if a visitor."""

    reader: Reader | None


@dataclass(slots=True)
class Made:
    """What a page was made from, as it stood in the snapshot of the database that it was read from.

    `stands`: of all spaces that can be read with these audiences, and of the house. `rows` and
    their `versions`: the page shows nothing else that can change.
    """

    endpoint: str
    audiences: frozenset[int]
    stands: tuple[int, int]
    rows: tuple[tuple[str, int], ...] = ()
    versions: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    only_for_one: bool = False
    for_long: bool = False

    def is_like(self, other: "Made") -> bool:
        """Whether both were made from the same."""
        mine = (self.rows, self.versions, self.stands[0] if self.rows else self.stands)
        return mine == (other.rows, other.versions, other.stands[0] if other.rows else other.stands)


@dataclass(frozen=True)
class Wanted:
    """A page to be kept. Of a member's, which variant of each of the `places` is theirs, as it was
    in the same snapshot.
    """

    made: Made
    places: tuple[Place, ...] = ()
    variants: Sequence[Hashable] = ()


def kept(*parameters: str) -> Callable[[V], V]:
    """Keep the page of this view; these parts of the query are all it looks at.

    Visitors all get the same; members share the page with those who may do the same, except for
    the places that are marked as their `own`.
    """

    def declare(view: V) -> V:
        @wraps(view)
        def run(*args: Any, **values: Any) -> Any:
            if not set(request.args) <= set(parameters) or not _is_known():
                return view(*args, **values)
            audiences = current_viewer().audiences
            g.made = Made(request.endpoint or "", audiences, _house_now().of(audiences))
            if current_viewer().member:
                g.marks, g.told = Marks(), {}
            try:
                answer = view(*args, **values)
            finally:
                marks, made, told = g.pop("marks", None), g.pop("made"), g.pop("told", {})
            _want(made, tuple(marks.places) if marks else (), told)
            return answer

        run.is_kept = True  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    return declare


def read_one_snapshot() -> None:
    """Before a request: what a kept page shows, and its versions, are of one moment.

    SQLite's transactions always are.
    """
    view: Any = current_app.view_functions.get(request.endpoint or "")
    is_kept = ASKED in request.environ and hasattr(view, "is_kept")
    if is_kept and session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


@authenticator
def _as_the_front_knows_them() -> Viewer | None:
    """What somebody may do is not worked out again where nothing has changed in the house since."""
    asked: Asked | None = request.environ.get(ASKED)
    reader = asked and asked.reader
    if reader is None or not current_user.is_authenticated:
        return None
    if current_user.member.id != reader.member_id or _house_now().house != reader.house:
        return None
    return Viewer(current_user.member, reader.groups, reader.roles, reader.levels)


def _is_known() -> bool:
    """Whether the front knows who asks. Cookies, odd ones or two of them, could say another reader
    here than there, and what somebody may do or has chosen can have changed meanwhile.
    """
    asked: Asked | None = request.environ.get(ASKED)
    if asked is None:
        return False
    viewer, reader = current_viewer(), asked.reader
    if viewer.member is None or reader is None:
        return viewer.member is reader
    profile = viewer.member.profile
    chosen = profile and f"{profile.language} {profile.timezone}"
    return viewer.levels is reader.levels and chosen == reader.language


def _house_now() -> Standing:
    if "house" not in g:
        g.house = house_stands(session.connection())
    return g.house


def _connection() -> Any:
    return session.connection().connection


def _want(made: Made, places: tuple[Place, ...], told: Mapping[Hashable, Rows]) -> None:
    """Tell the front what has just been made, and in any case which marks to take out of it."""
    made.notes = notes_of_page()
    made.only_for_one = g.get("only_for_one", False)
    reader: Reader | None = request.environ[ASKED].reader
    try:
        wanted = _of_reader(made, places, reader, told) if reader else Wanted(made)
    except Exception:
        current_app.logger.warning("a page is not kept for others", exc_info=True)
        wanted = Wanted(replace(made, only_for_one=True), places)
    request.environ[WANTED] = wanted


def _of_reader(
    made: Made, places: tuple[Place, ...], reader: Reader, told: Mapping[Hashable, Rows]
) -> Wanted:
    # Counts of a moment ago are not on the page.
    reader = reader.but(asked={}, told=told, acted=True, connect=_connection)
    variants: Sequence[Hashable] = ()
    if not made.only_for_one:
        try:
            kinds = by_kind(places)
            variants = by_place(kinds, variants_for(reader, kinds), len(places))
        except NotShared:
            made.only_for_one = True
    return Wanted(made, places, variants)


def house_of_page() -> int | None:
    """The house's version in the snapshot that a page for keeping is being made from; nothing
    while none is.
    """
    made: Made | None = g.get("made")
    return made.stands[0] if made else None


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
