"""The choice of a level, where a page offers a place for it."""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from community.i18n import spoken_in
from community.keeping.alike import ask
from community.keeping.own import Abouts, Reader, variants_of
from community.keeping.statements import Rows, among
from community.slots import fills
from community.tagging.slots import tags_on_page
from community.templating import macro
from community.viewer import Viewer, current_viewer
from community.watching.actions import reference
from community.watching.levels import References, decide
from community.watching.models import Watch, WatchLevel

Ranks = tuple[tuple[tuple[str, int], ...], ...]  # `References` that are looked up by

LABELS = {
    WatchLevel.WATCHING: (_l("Watching"), _l("You hear of every new post.")),
    WatchLevel.TRACKING: (_l("Tracking"), _l("New posts are counted as unread.")),
    WatchLevel.NORMAL: (_l("Normal"), _l("You hear when somebody mentions or answers you.")),
    WatchLevel.MUTED: (_l("Muted"), _l("You hear nothing of it.")),
}


@fills("topic.actions")
def watch_topic(topic: Any) -> str:
    return _watch(topic)


@fills("subject.actions")
def watch_subject(subject: Any) -> str:
    return _watch(subject)


@fills("space.actions")
def watch_space(space: Any) -> str:
    return _watch(space)


@fills("tag.actions")
def watch_tag(tag: Any) -> str:
    return _watch(tag)


def _watch(target: Any) -> str:
    viewer = current_viewer()
    if viewer.member is None:
        return ""
    kind, _ = reference(target)
    return macro("watching/macros.html", "watch")(**watch_context(kind, target, viewer))


def watch_context(kind: str, target: Any, viewer: Viewer) -> dict[str, Any]:
    own = reference(target)
    space_id = None if kind in ("space", "tag") else target.space_id
    ranks = ((own,),) if space_id is None else _ranks(*own, space_id)
    key = {"space": "slug", "tag": "name"}.get(kind, "public_id")
    return {
        "kind": kind,
        "key": getattr(target, key),
        "level": _decided(ranks, ask(viewer, "watches", _watches, **_named_in((ranks,)))),
        "ranks": ranks,
        "levels": labels(*spoken_in()),
    }


@lru_cache(16)
def labels(*_language: Hashable) -> dict[WatchLevel, tuple[str, str]]:
    """In the reader's language."""
    return {level: (str(name), str(about)) for level, (name, about) in LABELS.items()}


def _ranks(kind: str, key: int, space_id: int) -> Ranks:
    """As `levels.references_of`, from the tags that the page shows."""
    tags = tuple([("tag", tag) for tag, _name in tags_on_page(kind, key)])
    return ((kind, key),), tags, (("space", space_id),)


@variants_of("watch", lasting=True)
def _chosen(reader: Reader, abouts: Abouts) -> list[WatchLevel]:
    named = _named_in(tuple([ranks for (ranks,) in abouts]))
    asked = "watches", *named["kinds"], *named["keys"]
    rows = reader.until_they_act(asked, lambda: reader.rows("watches", _watches, **named))
    return [_decided(ranks, rows) for (ranks,) in abouts]


@lru_cache(1024)
def _named_in(all_ranks: tuple[Ranks, ...]) -> Mapping[str, list[Any]]:
    references = {one for ranks in all_ranks for rank in ranks for one in rank}
    kinds, keys = {kind for kind, _key in references}, {key for _kind, key in references}
    return {"kinds": sorted(kinds), "keys": sorted(keys)}


def _decided(ranks: References, rows: Rows) -> WatchLevel:
    return decide(ranks, {(kind, key): WatchLevel(level) for kind, key, level in rows})


def _watches(viewer: Viewer) -> Select[str, int, WatchLevel]:
    return select(Watch.subject_kind, Watch.subject_id, Watch.level).where(
        Watch.member_id == viewer.member_id,
        among(Watch.subject_kind, "kinds"),
        among(Watch.subject_id, "keys"),
    )
