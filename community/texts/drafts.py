"""Drafts: what a member is typing, kept on the server by the place it is typed in."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select

from community import clock
from community.database import action, session
from community.errors import BadRequest, Invalid
from community.policy import authorize
from community.texts.actions import sent_before
from community.texts.models import SOURCE_LENGTH, Draft
from community.texts.preparation import Prepared, check_storable
from community.versions import touch
from community.viewer import Viewer

MOST_DRAFTS = 200
_PLACE = re.compile(r"[a-z]{2,16}(:[\w./-]{1,80}){1,2}", re.ASCII)


@dataclass(frozen=True)
class Place:
    """Where a draft goes on: shown in the list of drafts, if it is still open to its writer.

    `prepare` where the room renders its texts in a way of its own.
    """

    title: str
    url: str
    audience_id: int
    prepare: Callable[[str], Prepared] | None = None


Finder = Callable[[str, Viewer], Place | None]

_finders: dict[str, Finder] = {}


def draft_place(kind: str) -> Callable[[Finder], Finder]:
    """Register who finds the places `<kind>:<rest>`, e.g. `reply:k3f9x2ab`."""

    def register(finder: Finder) -> Finder:
        _finders[kind] = finder
        return finder

    return register


def find_place(place: str, viewer: Viewer) -> Place | None:
    kind, _colon, rest = place.partition(":")
    return _finders[kind](rest, viewer) if kind in _finders else None


def draft_at(place: str, viewer: Viewer) -> Draft | None:
    if viewer.member_id is None:
        return None
    return session.scalar(
        select(Draft).where(Draft.member_id == viewer.member_id, Draft.place == place)
    )


def drafts_of(viewer: Viewer) -> Sequence[Draft]:
    return session.scalars(
        select(Draft)
        .where(Draft.member_id == viewer.member_id)
        .order_by(Draft.updated_at.desc())
        .limit(MOST_DRAFTS)
    ).all()


@action
def save_draft(place: str, fields: Mapping[str, str], *, by: Viewer) -> None:
    """Keep what is being typed; an empty text is no draft.

    A draft that arrives after its form was sent is an echo, and is dropped.
    """
    authorize(by, "draft.save")
    assert by.member_id
    if not _PLACE.fullmatch(place) or len(place) > 120:
        raise BadRequest(_("This is not a place where one writes."))
    _check_fields(fields)
    if sent_before(fields.get("submission", ""), by=by):
        return
    touch("member", by.member_id)
    draft = draft_at(place, by)
    if not any(value.strip() for name, value in fields.items() if name in ("text", "title")):
        if draft:
            session.delete(draft)
        return
    if draft is None:
        _check_room(by)
        draft = Draft(member_id=by.member_id, place=place)
        session.add(draft)
    draft.fields, draft.updated_at = dict(fields), clock.now()


@action
def drop_draft(draft: Draft, *, by: Viewer) -> None:
    """Throw one's own draft away."""
    authorize(by, "draft.save")
    if draft.member_id == by.member_id:
        session.delete(draft)


def _check_fields(fields: Mapping[str, str]) -> None:
    for name, value in fields.items():
        check_storable(name)
        check_storable(value)
    if len(fields) > 30 or sum(len(value) for value in fields.values()) > SOURCE_LENGTH:
        raise Invalid({"text": _("This is too long to be kept as a draft.")})


def _check_room(by: Viewer) -> None:
    count = session.scalar(
        select(func.count()).select_from(Draft).where(Draft.member_id == by.member_id)
    )
    if count and count >= MOST_DRAFTS:
        raise Invalid({"text": _("You have %(most)s drafts; discard some.", most=MOST_DRAFTS)})
