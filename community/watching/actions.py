"""Choosing how much to hear."""

from typing import Any

from community import clock
from community.database import action, session
from community.events import emit
from community.policy import authorize
from community.sending import insert_once
from community.spaces.models import Space
from community.subjects import subject_ref
from community.tagging.models import Tag
from community.versions import touch
from community.viewer import Viewer
from community.watching.events import WatchChanged
from community.watching.models import Watch, WatchLevel


@action
def watch(target: Any, level: WatchLevel, *, by: Viewer) -> None:
    """Hear this much of a subject, a space or a tag. Choosing the same again changes nothing."""
    authorize(by, "watch.change", target)
    assert by.member_id
    kind, key = reference(target)
    of = {"member_id": by.member_id, "subject_kind": kind, "subject_id": key}
    how: dict[str, Any] = {"level": level, "chosen": True, "at": clock.now()}
    if not insert_once(Watch, **of, **how):
        known = session.get_one(Watch, of)
        if known.level == level and known.chosen:
            return
        known.level, known.chosen, known.at = level, True, clock.now()
    touch("member", by.member_id)
    emit(
        WatchChanged(
            actor_id=by.member_id,
            space_id=target.id if kind == "space" else getattr(target, "space_id", None),
            audience_id=getattr(target, "audience_id", None),
            subject_kind=kind,
            subject_id=key,
            level=level,
        )
    )


def watch_by_itself(member_id: int, kind: str, key: int, level: WatchLevel) -> None:
    """A level that follows from taking part; never over one that was chosen, or is there."""
    inserted = insert_once(
        Watch,
        member_id=member_id,
        subject_kind=kind,
        subject_id=key,
        level=level,
        chosen=False,
        at=clock.now(),
    )
    if inserted:
        touch("member", member_id)


def reference(target: Any) -> tuple[str, int]:
    if isinstance(target, Space):
        return "space", target.id
    if isinstance(target, Tag):
        return "tag", target.id
    return subject_ref(target)
