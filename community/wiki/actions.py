"""Writing pages: beginning and revising them."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from community.database import action, session
from community.errors import Conflict
from community.events import emit
from community.policy import authorize
from community.spaces.models import Space
from community.subjects import State
from community.texts.actions import (
    change_text,
    discard_draft,
    note_submission,
    store_text,
    take_submission,
)
from community.texts.merging import lock_text
from community.texts.preparation import Prepared
from community.texts.titles import check_title
from community.threads.actions import add_with_thread
from community.versions import touch, touch_subject
from community.viewer import Viewer
from community.wiki.events import PageCreated, PageRevised
from community.wiki.links import set_links
from community.wiki.models import SUBJECT, FormerPath, Page
from community.wiki.paths import check_path, fold, fold_title


class PathTaken(Conflict):
    """A page stands at this path."""


@action
def create_page(
    space: Space, path: str, title: str, text: Prepared, *, by: Viewer, submission: str = ""
) -> Page:
    """Begin a page. Sending the same form twice gives the first page again.

    A path where a moved page stood belongs to the new page from now on.
    """
    authorize(by, "page.create", space)
    sent = take_submission(submission, by=by)
    if sent and sent.subject_kind == SUBJECT:
        return session.get_one(Page, sent.subject_id)
    assert by.member_id
    title, path = check_title(title), check_path(path)
    touch("space", space.id)
    check_free(space.id, path)
    page = _store(space, path, title, text, by.member_id)
    set_links(page, text.rendered.pages)
    session.execute(delete(FormerPath).where(*at_path(FormerPath, space.id, path)))
    emit(PageCreated(**about(page, by), thread_id=page.thread_id or 0))
    note_submission(submission, SUBJECT, page.id, by=by)
    discard_draft(by.member_id, f"wiki:{space.slug}")
    return page


def _store(space: Space, path: str, title: str, text: Prepared, author_id: int) -> Page:
    stored = store_text(text, author_id=author_id, title=title)
    page = Page(
        space_id=space.id,
        audience_id=space.audience_id,
        author_id=author_id,
        text_id=stored,
        path=path,
        path_folded=fold(path),
        title=title,
        title_folded=fold_title(title),
    )
    add_with_thread(SUBJECT, page)
    session.flush()
    return page


@action
def revise_page(
    page: Page,
    text: Prepared,
    *,
    by: Viewer,
    base: int,
    summary: str = "",
    title: str | None = None,
) -> None:
    """Save a new revision; the same text and title again is none.

    `base` is the revision that was changed: raise `Stale` if it is no longer the last one.
    """
    authorize(by, "page.edit", page)
    assert by.member_id
    title = check_title(title) if title is not None else page.title
    lock_text(page.text, base)
    discard_draft(by.member_id, f"page:{page.public_id}")
    changed = change_text(page.text, text, by=by, title=title, summary=summary, each_kept=True)
    if not changed:
        return
    retitled = title != page.title
    page.title, page.title_folded = title, fold_title(title)
    page.shared = page.shared or by.member_id != page.author_id
    set_links(page, text.rendered.pages)
    touch_subject(page)
    emit(
        PageRevised(
            **about(page, by),
            author_id=page.author_id,
            revision=page.text.revision,
            retitled=retitled,
        )
    )


def check_free(space_id: int, path: str, *, besides: tuple[int, ...] = ()) -> None:
    taken = select(Page.id).where(
        *at_path(Page, space_id, path), Page.state == State.PUBLISHED, Page.id.not_in(besides)
    )
    if session.scalar(taken):
        raise PathTaken(_("A page stands at this address."), field="path")


def at_path(model: type[Page] | type[FormerPath], space_id: int, path: str) -> tuple[Any, Any]:
    return model.space_id == space_id, model.path_folded == fold(path)


def about(page: Page, by: Viewer) -> dict[str, Any]:
    return {
        "actor_id": by.member_id,
        "space_id": page.space_id,
        "audience_id": page.audience_id,
        "page_id": page.id,
    }
