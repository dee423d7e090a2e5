"""The choice of a level, where a page offers a place for it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from community.keeping.own import Abouts, Reader, variants_of
from community.keeping.statements import among
from community.slots import fills
from community.templating import piece
from community.viewer import Viewer, current_viewer
from community.watching.actions import reference
from community.watching.levels import decide, level_for, references_of
from community.watching.models import Watch, WatchLevel

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
    return piece("watching/_watch.html", **watch_context(kind, target, viewer))


def watch_context(kind: str, target: Any, viewer: Viewer) -> dict[str, Any]:
    own = reference(target)
    space_id = None if kind in ("space", "tag") else target.space_id
    ranks = [[own]] if space_id is None else references_of(*own, space_id)
    assert viewer.member_id
    key = {"space": "slug", "tag": "name"}.get(kind, "public_id")
    return {
        "kind": kind,
        "key": getattr(target, key),
        "level": level_for(viewer.member_id, ranks),
        "ranks": tuple(tuple(rank) for rank in ranks),
        "levels": LABELS,
    }


@variants_of("watch", lasting=True)
def _chosen(reader: Reader, abouts: Abouts) -> list[WatchLevel]:
    references = {reference for (ranks,) in abouts for rank in ranks for reference in rank}
    kinds = sorted({kind for kind, _key in references})
    keys = sorted({key for _kind, key in references})
    asked = "watches", *kinds, *keys
    rows = reader.lately(asked, lambda: reader.rows("watches", _watches, kinds=kinds, keys=keys))
    chosen = {(kind, key): WatchLevel(level) for kind, key, level in rows}
    return [decide(ranks, chosen) for (ranks,) in abouts]


def _watches(viewer: Viewer) -> Select[str, int, WatchLevel]:
    return select(Watch.subject_kind, Watch.subject_id, Watch.level).where(
        Watch.member_id == viewer.member_id,
        among(Watch.subject_kind, "kinds"),
        among(Watch.subject_id, "keys"),
    )
