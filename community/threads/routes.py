"""Posts, whatever they stand under: answering, editing, taking away, and their own addresses."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _

from community.attachments.forms import posted_text
from community.errors import Conflict, NotFound, Refusal
from community.limits import limit
from community.policy import authorize, find_visible
from community.subjects import subject_title, subject_url
from community.texts.drafts import draft_at
from community.texts.editing import editable_source
from community.texts.preparation import prepare
from community.threads import actions
from community.threads.models import Post, Thread
from community.threads.quoting import quotes_for_readers_of
from community.threads.readings import note_visible
from community.threads.subjects import owner_of, post_url
from community.viewer import current_viewer
from community.web import access, see_other

bp = Blueprint("threads", __name__)


@bp.post("/threads/<public_id>/posts")
@access("signed_in")
@limit("20/minute")
def create_post(public_id: str) -> Any:
    viewer = current_viewer()
    thread = find_visible(Thread, public_id, viewer)
    reply_to = request.form.get("reply_to", "")
    try:
        authorize(viewer, "thread.reply", thread)
        url = subject_url(owner_of(thread))
        written = actions.reply(
            thread,
            _prepared(thread.audience_id),
            by=viewer,
            reply_to=_post_answered(reply_to) if reply_to else None,
            submission=request.form.get("submission", ""),
        )
    except Refusal as refusal:
        return _answer_again(thread, refusal)
    return see_other(f"{url}?post={written.number}#p{written.number}")


def _prepared(audience_id: int):
    return prepare(posted_text(current_viewer()), quotes=quotes_for_readers_of(audience_id))


def _post_answered(public_id: str) -> Post:
    try:
        return find_visible(Post, public_id, current_viewer())
    except NotFound:
        raise Conflict(_("The post you answer is no longer in this conversation.")) from None


def _answer_again(thread: Thread, refusal: Refusal) -> Any:
    """The same form with what was typed; nothing a person wrote is lost to a refusal."""
    if isinstance(refusal, NotFound):
        raise refusal
    owner = owner_of(thread)
    page = render_template(
        "threads/answer.html",
        thread=thread,
        title=subject_title(owner),
        url=subject_url(owner),
        refusal=refusal,
    )
    return page, refusal.status


@bp.get("/posts/<public_id>")
@access("anyone")
def show_post(public_id: str) -> Any:
    """The permalink of a post: it goes where the post stands now."""
    return redirect(post_url(find_visible(Post, public_id, current_viewer())))


@bp.get("/posts/<public_id>/edit")
@access("signed_in")
def edit_post(public_id: str) -> Any:
    viewer = current_viewer()
    post = find_visible(Post, public_id, viewer)
    authorize(viewer, "post.edit", post)
    return _edit_page(post, None)


@bp.post("/posts/<public_id>/edit")
@access("signed_in")
@limit("20/minute")
def change_post(public_id: str) -> Any:
    viewer = current_viewer()
    post = find_visible(Post, public_id, viewer)
    try:
        authorize(viewer, "post.edit", post)
        text = _prepared(post.audience_id)
        base = request.form.get("base", 0, type=int)
        summary = request.form.get("summary", "")
        actions.edit_post(post, text, by=viewer, base=base, summary=summary)
    except Refusal as refusal:
        return _edit_page(post, refusal)
    return see_other(post_url(post))


def _edit_page(post: Post, refusal: Refusal | None) -> Any:
    if isinstance(refusal, NotFound):
        raise refusal
    draft = draft_at(f"edit:{post.public_id}", current_viewer())
    page = render_template(
        "threads/edit.html",
        post=post,
        draft=draft.fields if draft else {},
        source=editable_source(post.text),
        title=subject_title(owner_of(post.thread)),
        url=post_url(post),
        refusal=refusal,
    )
    return page, refusal.status if refusal else 200


@bp.post("/posts/<public_id>/deletion")
@access("signed_in")
@limit("30/minute")
def delete_post(public_id: str) -> Any:
    post = find_visible(Post, public_id, current_viewer())
    actions.delete_post(post, by=current_viewer())
    return see_other(post_url(post))


@bp.post("/posts/<public_id>/restoration")
@access("signed_in")
@limit("30/minute")
def restore_post(public_id: str) -> Any:
    post = find_visible(Post, public_id, current_viewer())
    actions.restore_post(post, by=current_viewer())
    return see_other(post_url(post))


@bp.post("/posts/<public_id>/hiding")
@access("signed_in")
@limit("30/minute")
def hide_post(public_id: str) -> Any:
    post = find_visible(Post, public_id, current_viewer())
    actions.hide_post(post, by=current_viewer())
    return see_other(post_url(post))


@bp.post("/beacon/reading")
@access("signed_in")
@limit("60/minute")
def note_visible_time() -> Any:
    """How long a page was looked at, told by the browser as the page is left."""
    thread = find_visible(Thread, request.args.get("thread", ""), current_viewer())
    milliseconds = request.form.get("milliseconds", 0, type=int)
    note_visible(thread, current_viewer(), milliseconds=milliseconds)
    return "", 204
