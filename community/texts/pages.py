"""The history page, one revision and its difference to another: written once, for every text."""

from typing import Any

from flask import render_template, request
from markupsafe import Markup

from community.errors import NotFound, Refusal
from community.markup import side_by_side, word_diff
from community.policy import can
from community.subjects import kind_of, subject_title, subject_url
from community.texts.histories import compare_url, history_url, text_of
from community.texts.models import Revision, Text
from community.texts.queries import find_revision, revisions_of
from community.viewer import Viewer, current_viewer


def history_page(subject: Any) -> Any:
    """The revisions, newest first; `?before=` goes on."""
    text = _text(subject)
    revisions = revisions_of(text, before=request.args.get("before", type=int))
    return render_template(
        "texts/history.html",
        revisions=revisions,
        compare_url=compare_url(subject) if text.revision > 1 else None,
        choices=[one for one in revisions if not one.hidden_at],
        older=revisions[-1].number if revisions and revisions[-1].number > 1 else None,
        **_about(subject, text),
    )


def revision_page(subject: Any, number: int, *, refusal: Refusal | None = None) -> Any:
    """One revision and what it changed against the one before, or against `?against=`."""
    text, viewer = _text(subject), current_viewer()
    revision = open_revision(subject, number, viewer)
    other = _compared(subject, number, viewer)
    page = render_template(
        "texts/revision.html",
        revision=revision,
        other=other,
        difference=_difference(other, revision) if other else None,
        refusal=refusal,
        **_about(subject, text),
    )
    return page, refusal.status if refusal else 200


def difference_page(subject: Any) -> Any:
    """Any two revisions side by side: `?from=` the older, `?to=` the newer."""
    text, viewer = _text(subject), current_viewer()
    newer = request.args.get("to", text.revision, type=int)
    old = open_revision(subject, request.args.get("from", newer - 1, type=int), viewer)
    new = open_revision(subject, newer, viewer)
    return render_template(
        "texts/difference.html",
        old=old,
        new=new,
        rows=side_by_side(old.source, new.source),
        revisions=_choices(subject, text, viewer),
        **_about(subject, text),
    )


def _choices(subject: Any, text: Text, viewer: Viewer) -> list[Revision]:
    """The revisions that the viewer can choose from, the newest first."""
    sees_all = can(viewer, "revision.hide", subject)
    return [one for one in revisions_of(text) if sees_all or not one.hidden_at]


def open_revision(subject: Any, number: int, viewer: Viewer) -> Revision:
    """Raise `NotFound` for a hidden one, unless the viewer looks after the space."""
    revision = find_revision(_text(subject), number)
    if revision.hidden_at and not can(viewer, "revision.hide", subject):
        raise NotFound
    return revision


def _compared(subject: Any, number: int, viewer: Viewer) -> Revision | None:
    """What to compare with: a hidden revision gives nothing away through its neighbours."""
    against = request.args.get("against", number - 1, type=int)
    if against < 1 or against == number:
        return None
    try:
        return open_revision(subject, against, viewer)
    except NotFound:
        return None


def _difference(old: Revision, new: Revision) -> Markup:
    before, after = old.source, new.source
    if old.title != new.title:
        before, after = f"{old.title}\n\n{before}", f"{new.title}\n\n{after}"
    return word_diff(before, after)


def _about(subject: Any, text: Text) -> dict[str, Any]:
    return {
        "subject": subject,
        "text": text,
        "title": subject_title(subject),
        "url": subject_url(subject),
        "history_url": history_url,
        "kind": kind_of(subject).name,
    }


def _text(subject: Any) -> Text:
    text = text_of(subject)
    if text is None:
        raise NotFound
    return text
