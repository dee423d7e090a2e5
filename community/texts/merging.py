"""Two people change one text: their changes are put together, as long as they do not touch."""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _
from merge3 import Merge3
from sqlalchemy import select

from community.database import session
from community.errors import Conflict, NotFound
from community.markup import matching_stretches
from community.texts.models import Text
from community.texts.preparation import Prepared, with_plain_line_ends
from community.texts.queries import find_revision

TRIES = 3


class Stale(Conflict):
    """The text was changed since its editor began: nothing is stored, and nothing is lost."""


class Matcher:
    """Finds the lines that two versions share, in a time that no text can stretch."""

    def __init__(self, _junk: None, a: Sequence[str], b: Sequence[str]):
        self.sides = a, b

    def get_matching_blocks(self) -> list[tuple[int, int, int]]:
        a, b = self.sides
        return [*matching_stretches(list(a), list(b)), (len(a), len(b), 0)]


def merge(base: str, ours: str, theirs: str) -> str | None:
    """The text with both changes, or `None` where they touch the same lines."""
    sides = [version.splitlines(keepends=True) for version in (base, ours, theirs)]
    regions = list(Merge3(*sides, sequence_matcher=Matcher).merge_regions())  # type: ignore[arg-type]
    if any(region[0] == "conflict" for region in regions):
        return None
    _base, mine, other = sides
    taken = {"unchanged": sides[0], "a": mine, "same": mine, "b": other}
    return "".join(
        line for kind, start, stop, *_rest in regions for line in taken[kind][start:stop]
    )


def lock_text(text: Text, base: int) -> None:
    """Hold the text until the end of the action; raise `Stale` unless it is at revision `base`."""
    session.execute(select(Text.id).where(Text.id == text.id).with_for_update())
    session.refresh(text)
    if text.revision != base:
        raise Stale(_("This was changed while you were editing. Compare, and save yours again."))


def save_merged(
    text: Text,
    source: str,
    *,
    base: int,
    prepare: Callable[[str], Prepared],
    change: Callable[[Prepared, int], object],
) -> bool:
    """Change the text through `change`, together with what others saved since revision `base`.

    Return whether there was something to merge. Raise `Stale` where both changed the same lines.
    The text is rendered outside `change`, so who comes between is merged in the next try.
    """
    source = with_plain_line_ends(source)
    for _attempt in range(TRIES):
        current = text.revision
        wanted = source if base == current else _together(text, source, base)
        try:
            change(prepare(wanted), current)
        except Stale:
            session.refresh(text)
        else:
            return wanted != source
    raise Stale(_("Others are saving this text just now. Compare, and save yours again."))


def _together(text: Text, source: str, base: int) -> str:
    try:
        began = find_revision(text, base)
    except NotFound:
        began = None
    same_format = began is not None and began.format == text.format
    merged = merge(began.source, source, text.source) if began and same_format else None
    if merged is None:
        raise Stale(_("This was changed while you were editing. Compare, and save yours again."))
    return merged
