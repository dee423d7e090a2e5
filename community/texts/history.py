"""Bringing back a revision, and taking one out of sight."""

from typing import Any

from flask_babel import gettext as _

from community import clock
from community.audit import record
from community.database import action
from community.errors import Conflict, NotFound
from community.events import emit
from community.policy import authorize
from community.subjects import kind_of, subject_ref
from community.texts.events import RevisionHidden, RevisionShown
from community.texts.histories import history_kind, text_of
from community.texts.models import Format, Revision, Text
from community.texts.preparation import Prepared, check_line, prepare, prepare_imported
from community.texts.queries import find_revision
from community.viewer import Viewer

REASON_LENGTH = 400


def prepared_again(subject: Any, revision: Revision) -> Prepared:
    """The revision as a text to be stored once more, rendered as its room does it today."""
    kept = history_kind(subject)
    if revision.format == Format.HTML:
        return prepare_imported(revision.source)
    if kept and kept.prepare:
        return kept.prepare(subject, revision.source)
    return prepare(revision.source, limit=len(revision.source) + 1)


@action
def restore_revision(subject: Any, number: int, prepared: Prepared, *, by: Viewer) -> None:
    """Make an earlier text the present one, as a new revision; nothing is taken away."""
    authorize(by, "revision.restore", subject)
    text, kept = _text(subject), history_kind(subject)
    assert kept
    if find_revision(text, number).hidden_at:
        raise NotFound
    kept.change(
        subject,
        prepared,
        by=by,
        base=text.revision,
        summary=_("Restored revision %(number)s", number=number),
    )


@action
def hide_revision(subject: Any, number: int, *, by: Viewer, reason: str) -> None:
    """Take a revision out of everybody's sight but the moderators'; the reason is kept."""
    authorize(by, "revision.hide", subject)
    reason = check_line(reason, field="reason", limit=REASON_LENGTH, label=_("Reason"))
    text = _text(subject)
    if number == text.revision:
        raise Conflict(_("This is the text as it stands. Restore or write another one first."))
    revision = find_revision(text, number)
    if revision.hidden_at:
        return
    revision.hidden_at, revision.hidden_by_id = clock.now(), by.member_id
    revision.hidden_reason = reason
    emit(RevisionHidden(**_about(subject, number, by)))
    record(by, "revision.hidden", subject_ref(subject), after={"number": number}, reason=reason)


@action
def show_revision_again(subject: Any, number: int, *, by: Viewer) -> None:
    authorize(by, "revision.hide", subject)
    revision = find_revision(_text(subject), number)
    if revision.hidden_at is None:
        return
    revision.hidden_at = revision.hidden_by_id = None
    revision.hidden_reason = ""
    emit(RevisionShown(**_about(subject, number, by)))
    record(by, "revision.shown", subject_ref(subject), after={"number": number})


def _text(subject: Any) -> Text:
    text = text_of(subject)
    if text is None:
        raise NotFound
    return text


def _about(subject: Any, number: int, by: Viewer) -> dict[str, Any]:
    kind, key = subject_ref(subject)
    return {
        "actor_id": by.member_id,
        "space_id": kind_of(subject).space_id(subject),
        "audience_id": subject.audience_id,
        "subject_kind": kind,
        "subject_id": key,
        "number": number,
    }
