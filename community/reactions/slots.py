"""Reactions under every post."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from flask import g
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from community.i18n import spoken_in
from community.keeping.own import Abouts, Reader, variants_of
from community.keeping.statements import among
from community.policy import can
from community.reactions.models import Reaction, ReactionKind
from community.reactions.queries import NONE, Givers, Tally, tallies
from community.slots import fills
from community.subjects import subject_ref
from community.templating import macro
from community.threads.conversation import loads_for_posts
from community.viewer import Viewer, current_viewer

NOTHING: frozenset[str] = frozenset()
LABELS = {
    ReactionKind.THANK: _l("Thank"),
    ReactionKind.AGREE: _l("Agree"),
    ReactionKind.CHEER: _l("Well done"),
}


@dataclass(frozen=True)
class OnPage:
    """What the posts of a page have in common: who looks, the tallies, the words for each kind and
    how they are put on the page.
    """

    viewer: Viewer
    tallies: dict[tuple[str, int], Tally]
    labels: Sequence[tuple[ReactionKind, str]]
    show: Callable[..., str]


class Reactions(NamedTuple):
    """Of one subject, as `reactions/macros.html` takes them."""

    subject: Any
    kind: str
    place: str
    tally: Tally
    offers: Sequence["Offer"]
    may_give: bool


class Offer(NamedTuple):
    """One kind under one subject: where giving it or taking it back is sent, and what it says."""

    url: str
    said: str
    given: bool
    count: int


@loads_for_posts
def load_reactions(posts: Sequence[Any]) -> None:
    """Read the tallies of a whole page, so that the slot asks nothing."""
    viewer, known = current_viewer(), g.get("reactions")
    g.reactions = _on_page(viewer, (known.tallies if known else {}) | tallies(posts, viewer))


@fills("post.actions")
def reactions_of_post(post: Any) -> str:
    page = g.get("reactions") or _on_page(current_viewer(), tallies([post], current_viewer()))
    return page.show(*_reactions_of(post, page))


def reaction_context(subject: Any, viewer: Viewer) -> dict[str, Any]:
    """Of one subject by itself, as it stands now."""
    return _reactions_of(subject, _on_page(viewer, tallies([subject], viewer)))._asdict()


def _on_page(viewer: Viewer, known: dict[tuple[str, int], Tally]) -> OnPage:
    show = macro("reactions/macros.html", "reactions")
    return OnPage(viewer, known, _labels(*spoken_in()), show)


@lru_cache(16)
def _labels(*_language: Hashable) -> Sequence[tuple[ReactionKind, str]]:
    """In the reader's language."""
    return [(kind, str(label)) for kind, label in LABELS.items()]


def _reactions_of(subject: Any, page: OnPage) -> Reactions:
    reference = subject_ref(subject)
    tally = page.tallies.get(reference, NONE)
    kind, name = reference[0], subject.public_id
    offers = [
        _offer(f"/reactions/{kind}/{name}/{reaction}", label, tally, reaction)
        for reaction, label in page.labels
    ]
    may_give = can(page.viewer, "reaction.give", subject)
    return Reactions(subject, kind, f"reactions-{kind}-{name}", tally, offers, may_give)


def _offer(url: str, label: str, tally: Tally, reaction: ReactionKind) -> Offer:
    count, given = tally.counts.get(reaction, 0), reaction in tally.given
    said = f"{label} · {count}" if count else label
    return Offer(f"{url}/delete" if given else url, said, given, count)


@variants_of("reactions", lasting=True)
def _given(reader: Reader, abouts: Abouts) -> list[tuple[bool, frozenset[str]]]:
    """What the reader has given, and whether it is their own, to which they can give nothing.

    Mostly the page knows who gave what, and says it; of what very many gave, it is asked.
    """
    me = reader.member_id
    unnamed = [(kind, key) for kind, key, *_rest, givers in abouts if givers is None]
    asked = _asked(reader, unnamed) if unnamed else {}
    return [
        (author == me, asked[kind, key] if givers is None else _of(me, givers))
        for kind, key, author, *_shown, givers in abouts
    ]


def _of(member_id: int, givers: Givers) -> frozenset[str]:
    if not givers:
        return NOTHING
    return frozenset([kind for kind, members in givers if member_id in members])


def _asked(reader: Reader, subjects: list[tuple[str, int]]) -> dict[Any, frozenset[str]]:
    kinds, keys = sorted({kind for kind, _key in subjects}), [key for _kind, key in subjects]
    asked = "reactions", *kinds, *keys
    rows = reader.lately(
        asked, lambda: reader.rows("reactions", _reactions, kinds=kinds, keys=keys)
    )
    given: dict[Any, set[str]] = {subject: set() for subject in subjects}
    for kind, key, reaction in rows:
        given.setdefault((kind, key), set()).add(str(reaction))
    return {subject: frozenset(some) for subject, some in given.items()}


def _reactions(viewer: Viewer) -> Select[str, int, ReactionKind]:
    return select(Reaction.subject_kind, Reaction.subject_id, Reaction.kind).where(
        Reaction.member_id == viewer.member_id,
        among(Reaction.subject_kind, "kinds"),
        among(Reaction.subject_id, "keys"),
    )
