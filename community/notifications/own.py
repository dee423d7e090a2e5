"""What the bell in the header says is the reader's own; so is the menu beside it."""

from collections.abc import Hashable

from community.keeping.own import Abouts, Reader, variants_of
from community.notifications.queries import count_of_unseen


@variants_of("header.notices", everywhere=True)
def _unseen(reader: Reader, _abouts: Abouts) -> list[Hashable]:
    rows = reader.lately("notices", lambda: reader.rows("notices", count_of_unseen))
    return [rows[0][0]]


@variants_of("header.menu", everywhere=True)
def _menu(reader: Reader, _abouts: Abouts) -> list[Hashable]:
    """Names change with the house's version, and so does what a member may."""
    return [(reader.member_id, reader.house)]
