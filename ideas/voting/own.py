"""A vote is the reader's own."""

from sqlalchemy import Select, select

from community.keeping.own import Abouts, Reader, variants_of
from community.keeping.statements import among
from community.viewer import Viewer
from ideas.voting.models import Vote


@variants_of("vote")
def _voted(reader: Reader, abouts: Abouts) -> list[bool]:
    rows = reader.rows("votes", _votes, ideas=[idea for (idea,) in abouts])
    mine = {idea for (idea,) in rows}
    return [idea in mine for (idea,) in abouts]


def _votes(viewer: Viewer) -> Select[int]:
    mine = Vote.member_id == viewer.member_id
    return select(Vote.idea_id).where(mine, among(Vote.idea_id, "ideas"))
