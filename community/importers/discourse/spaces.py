"""Categories become spaces, named by their numbers: the file has no names for them."""

from community.database import session
from community.importers.discourse.dump import Dump
from community.importers.spaces import imported_space
from community.spaces.models import Space


def space_of(dump: Dump, category_id: int) -> Space:
    """Made when its first topic comes; one in which answers were accepted is for questions."""
    if category_id not in dump.spaces:
        dump.spaces[category_id] = imported_space(
            dump.origins,
            "category",
            str(category_id),
            f"{dump.name[:60]} {category_id}",
            questions=category_id in dump.solving,
        )
    return session.get_one(Space, dump.spaces[category_id])
