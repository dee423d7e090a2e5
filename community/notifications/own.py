"""What the bell in the header says is the reader's own."""

from collections.abc import Hashable

from community.keeping.own import Abouts, Reader, variants_of
from community.notifications.queries import count_of_unseen


@variants_of("header.notices", everywhere=True)
def _unseen(reader: Reader, _abouts: Abouts) -> list[Hashable]:
    rows = reader.lately("notices", lambda: reader.rows("notices", count_of_unseen))
    return [rows[0][0]]
