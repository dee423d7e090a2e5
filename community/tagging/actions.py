"""Setting the tags of a subject."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from community import clock
from community.database import action, session
from community.errors import Invalid
from community.events import emit
from community.identifiers import new_public_id
from community.policy import authorize
from community.sending import insert_once
from community.subjects import subject_ref
from community.tagging.events import TagsChanged
from community.tagging.models import Tag, Tagging
from community.tagging.queries import tags_of
from community.viewer import Viewer

MOST = 5
LENGTH = 40


def folded(name: str) -> str:
    """One way of writing a tag: small letters and digits of any script, hyphens for blanks."""
    name = unicodedata.normalize("NFKC", name).casefold().strip().lstrip("#")
    return re.sub(r"[^\w.+#-]+", "-", name).strip("-_")


def parse_tags(text: str) -> list[str]:
    """Names parted by commas or blanks; raise `Invalid` for too many or too long ones."""
    names = [folded(part) for part in re.split(r"[,;\s]+", text.replace("\0", ""))]
    names = list(dict.fromkeys(name for name in names if name))
    if len(names) > MOST:
        raise Invalid(
            {"tags": _("At most %(most)s tags; these are %(given)s.", most=MOST, given=len(names))}
        )
    if any(len(name) > LENGTH for name in names):
        raise Invalid({"tags": _("A tag has at most %(most)s characters.", most=LENGTH)})
    return names


@action
def set_tags(subject: Any, names: Iterable[str], *, by: Viewer) -> None:
    """Let the subject carry these tags and no others. The same again changes nothing."""
    authorize(by, "subject.tag", subject)
    kind, key = subject_ref(subject)
    wanted = list(dict.fromkeys(names))
    present = [name for _tag, name in tags_of(kind, key)]
    added = [name for name in wanted if name not in present]
    taken = [name for name in present if name not in wanted]
    if not added and not taken:
        return
    new, old = [_tag_id(name) for name in added], [_tag_id(name) for name in taken]
    for tag in new:
        insert_once(Tagging, tag_id=tag, subject_kind=kind, subject_id=key)
    session.execute(
        delete(Tagging).where(
            Tagging.subject_kind == kind,
            Tagging.subject_id == key,
            Tagging.tag_id.in_(old),
        )
    )
    subject.version = type(subject).version + 1
    emit(
        TagsChanged(
            actor_id=by.member_id,
            space_id=subject.space_id,
            audience_id=subject.audience_id,
            subject_kind=kind,
            subject_id=key,
            added=new,
            taken=old,
        )
    )


def _tag_id(name: str) -> int:
    insert_once(Tag, public_id=new_public_id(), name=name, about="", created_at=clock.now())
    return session.scalars(select(Tag.id).where(Tag.name == name)).one()
