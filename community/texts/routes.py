"""What every place where one writes needs: drafts, previews, mentions, and the history of texts."""

from typing import Any

from flask import Blueprint, render_template, request

from community.errors import Invalid, Refusal
from community.limits import limit
from community.markup import trusted
from community.policy import find_subject, find_visible
from community.subjects import subject_url
from community.texts import histories, history, pages
from community.texts.drafts import Place, drafts_of, drop_draft, find_place, save_draft
from community.texts.models import Draft
from community.texts.preparation import Prepared, prepare
from community.texts.previews import quotes_for_preview
from community.texts.queries import members_to_mention
from community.viewer import current_viewer
from community.web import access, is_fragment_request, local_path, see_other

bp = Blueprint("texts", __name__)

NOT_KEPT = ("csrf_token", "send_to", "attachments")


@bp.put("/drafts/<path:place>")
@access("signed_in")
@limit("60/minute")
def keep_draft(place: str) -> Any:
    fields = {name: value for name, value in request.form.items() if name not in NOT_KEPT}
    save_draft(place, fields, by=current_viewer())
    return "", 204


@bp.get("/drafts")
@access("signed_in")
def drafts() -> Any:
    viewer = current_viewer()
    found = [(draft, find_place(draft.place, viewer)) for draft in drafts_of(viewer)]
    return render_template("texts/drafts.html", drafts=found)


@bp.post("/drafts/<public_id>/deletion")
@access("signed_in")
@limit("60/minute")
def delete_draft(public_id: str) -> Any:
    drop_draft(find_visible(Draft, public_id, current_viewer()), by=current_viewer())
    return see_other("/drafts")


@bp.post("/preview")
@access("signed_in")
@limit("60/minute")
def preview() -> Any:
    """The text as it would be shown, by the same renderer; nothing is kept."""
    place = find_place(request.form.get("place", ""), current_viewer())
    try:
        text = _as_there(place, request.form.get("text", ""))
    except Refusal as refusal:
        return render_template("texts/_refused.html", refusal=refusal), refusal.status
    html = trusted(text.rendered.html)
    if is_fragment_request():
        return html
    fields = [(name, value) for name, value in request.form.items() if name not in _WRITTEN]
    send_to = local_path(request.form.get("send_to"), "")
    return render_template("texts/preview.html", html=html, fields=fields, send_to=send_to)


def _as_there(place: Place | None, source: str) -> Prepared:
    """Rendered as it would be where it is written."""
    if place and place.prepare:
        return place.prepare(source)
    return prepare(source, quotes=quotes_for_preview(place))


_WRITTEN = ("csrf_token", "text", "title", "send_to")


@bp.get("/mentions", defaults={"where": ""})
@bp.get("/mentions/<path:where>")
@access("signed_in")
def mentions(where: str) -> Any:
    """Members to name, only those who could read it there."""
    place = find_place(where, current_viewer())
    words = request.args.get("q", "")
    members = members_to_mention(words, place.audience_id if place else None)
    return render_template("texts/_mentions.html", members=members)


# Histories -------------------------------------------------------------------


@bp.get("/history/<kind>/<public_id>")
@access("anyone")
def show_history(kind: str, public_id: str) -> Any:
    return pages.history_page(find_subject(kind, public_id, current_viewer()))


@bp.get("/history/<kind>/<public_id>/<int:number>")
@access("anyone")
def show_revision(kind: str, public_id: str, number: int) -> Any:
    return pages.revision_page(find_subject(kind, public_id, current_viewer()), number)


@bp.post("/history/<kind>/<public_id>/<int:number>/restoration")
@access("signed_in")
@limit("10/minute")
def restore_revision(kind: str, public_id: str, number: int) -> Any:
    viewer = current_viewer()
    subject = find_subject(kind, public_id, viewer)
    revision = pages.open_revision(subject, number, viewer)
    prepared = history.prepared_again(subject, revision)
    history.restore_revision(subject, number, prepared, by=viewer)
    return see_other(subject_url(subject))


@bp.post("/history/<kind>/<public_id>/<int:number>/hiding")
@access("signed_in")
@limit("10/minute")
def hide_revision(kind: str, public_id: str, number: int) -> Any:
    viewer = current_viewer()
    subject = find_subject(kind, public_id, viewer)
    reason = request.form.get("reason", "")
    try:
        history.hide_revision(subject, number, by=viewer, reason=reason)
    except Invalid as refusal:
        return pages.revision_page(subject, number, refusal=refusal)
    return see_other(histories.history_url(subject))


@bp.post("/history/<kind>/<public_id>/<int:number>/showing")
@access("signed_in")
@limit("10/minute")
def show_revision_again(kind: str, public_id: str, number: int) -> Any:
    viewer = current_viewer()
    subject = find_subject(kind, public_id, viewer)
    history.show_revision_again(subject, number, by=viewer)
    return see_other(histories.history_url(subject))
