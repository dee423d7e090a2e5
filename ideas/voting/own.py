"""A vote is the reader's own."""

from collections.abc import Hashable

from sqlalchemy import Select, select

from community.keeping.own import Abouts, Reader, variants_of
from community.keeping.statements import among
from community.viewer import Viewer
from ideas.voting.models import Vote


@variants_of("vote", everywhere=True)
def _voted(reader: Reader, abouts: Abouts) -> list[Hashable]:
    """Another button for each state of the idea, and for who may vote: so it outlives the page."""
    ideas = [about[0] for about in abouts]
    rows = reader.lately(("votes", *ideas), lambda: reader.rows("votes", _votes, ideas=ideas))
    mine = {idea for (idea,) in rows}
    return [(reader.sharing, about[0] in mine, about) for about in abouts]


def _votes(viewer: Viewer) -> Select[int]:
    mine = Vote.member_id == viewer.member_id
    return select(Vote.idea_id).where(mine, among(Vote.idea_id, "ideas"))
