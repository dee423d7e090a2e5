"""Reactions under every post."""

from collections.abc import Sequence
from typing import Any

from flask import g
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from community.keeping.own import Abouts, Reader, variants_of
from community.keeping.statements import among
from community.reactions.models import Reaction, ReactionKind
from community.reactions.queries import NONE, tallies
from community.slots import fills
from community.subjects import subject_ref
from community.templating import piece
from community.threads.conversation import loads_for_posts
from community.viewer import Viewer, current_viewer

LABELS = {
    ReactionKind.THANK: _l("Thank"),
    ReactionKind.AGREE: _l("Agree"),
    ReactionKind.CHEER: _l("Well done"),
}


@loads_for_posts
def load_reactions(posts: Sequence[Any]) -> None:
    """Read the tallies of a whole page, so that the slot asks nothing."""
    g.reaction_tallies = g.get("reaction_tallies", {}) | tallies(posts, current_viewer())


@fills("post.actions")
def reactions_of_post(post: Any) -> str:
    return piece("reactions/_reactions.html", **reaction_context(post, current_viewer()))


def reaction_context(subject: Any, viewer: Viewer) -> dict[str, Any]:
    reference = subject_ref(subject)
    kept = g.get("reaction_tallies")
    tally = (kept if kept is not None else tallies([subject], viewer)).get(reference, NONE)
    return {
        "subject": subject,
        "kind": reference[0],
        "tally": tally,
        "labels": LABELS,
        "ReactionKind": ReactionKind,
    }


@variants_of("reactions")
def _given(reader: Reader, abouts: Abouts) -> list[tuple[bool, frozenset[str]]]:
    """What the reader has given, and whether it is their own, to which they can give nothing."""
    kinds, keys = {kind for kind, _key, _author in abouts}, [key for _kind, key, _author in abouts]
    rows = reader.rows("reactions", _reactions, kinds=sorted(kinds), keys=keys)
    given: dict[tuple[str, int], set[str]] = {}
    for kind, key, reaction in rows:
        given.setdefault((kind, key), set()).add(str(reaction))
    return [
        (author == reader.member_id, frozenset(given.get((kind, key), ())))
        for kind, key, author in abouts
    ]


def _reactions(viewer: Viewer) -> Select[str, int, ReactionKind]:
    return select(Reaction.subject_kind, Reaction.subject_id, Reaction.kind).where(
        Reaction.member_id == viewer.member_id,
        among(Reaction.subject_kind, "kinds"),
        among(Reaction.subject_id, "keys"),
    )
