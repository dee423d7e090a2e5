"""Reactions under every post."""

from collections.abc import Sequence
from typing import Any

from flask import g
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from community.keeping.own import Abouts, Reader, variants_of
from community.keeping.statements import among
from community.policy import can
from community.reactions.models import Reaction, ReactionKind
from community.reactions.queries import NONE, tallies
from community.slots import fills, once_per_request
from community.subjects import subject_ref
from community.templating import macro
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
    return macro("reactions/macros.html", "reactions")(**reaction_context(post, current_viewer()))


@once_per_request
def labels() -> dict[ReactionKind, str]:
    """In the reader's language, for all posts of the page."""
    return {kind: str(label) for kind, label in LABELS.items()}


def reaction_context(subject: Any, viewer: Viewer) -> dict[str, Any]:
    reference = subject_ref(subject)
    kept = g.get("reaction_tallies")
    tally = (kept if kept is not None else tallies([subject], viewer)).get(reference, NONE)
    return {
        "subject": subject,
        "kind": reference[0],
        "tally": tally,
        "labels": labels(),
        "may_give": can(viewer, "reaction.give", subject),
    }


@variants_of("reactions", lasting=True)
def _given(reader: Reader, abouts: Abouts) -> list[tuple[bool, frozenset[str]]]:
    """What the reader has given, and whether it is their own, to which they can give nothing."""
    kinds, keys = sorted({about[0] for about in abouts}), [about[1] for about in abouts]
    given: dict[tuple[str, int], set[str]] = {}
    asked = "reactions", *kinds, *keys
    rows = reader.lately(
        asked, lambda: reader.rows("reactions", _reactions, kinds=kinds, keys=keys)
    )
    for kind, key, reaction in rows:
        given.setdefault((kind, key), set()).add(str(reaction))
    return [
        (author == reader.member_id, frozenset(given.get((kind, key), ())))
        for kind, key, author, *_shown in abouts
    ]


def _reactions(viewer: Viewer) -> Select[str, int, ReactionKind]:
    return select(Reaction.subject_kind, Reaction.subject_id, Reaction.kind).where(
        Reaction.member_id == viewer.member_id,
        among(Reaction.subject_kind, "kinds"),
        among(Reaction.subject_id, "keys"),
    )
