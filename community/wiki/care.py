"""Looking after pages: moving them, taking them away and bringing them back."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select

from community.audit import record_care
from community.database import action, session
from community.errors import Conflict, Invalid
from community.events import emit, emit_all
from community.moderation.visibility import prepares_return
from community.policy import authorize
from community.subjects import State
from community.threads.actions import set_thread_state
from community.versions import touch, touch_subject
from community.viewer import Viewer
from community.wiki.actions import about, at_path, check_free
from community.wiki.events import PageDeleted, PageHidden, PageMoved, PageRestored
from community.wiki.models import FormerPath, Page
from community.wiki.paths import check_path, fold

MOST_MOVED = 500


@action
def move_page(page: Page, path: str, *, by: Viewer) -> None:
    """Give the page another path; what stands below it goes along, and old addresses lead there."""
    authorize(by, "page.move", page)
    before, path = page.path, check_path(path)
    if path == before:
        return
    if fold(path).startswith(f"{page.path_folded}/"):
        raise Invalid({"path": _("A page cannot stand below itself.")})
    touch("space", page.space_id)
    moved = [page, *_below(page)]
    paths = {one.id: check_path(path + one.path[len(before) :]) for one in moved}
    for one in moved:
        check_free(page.space_id, paths[one.id], besides=tuple(paths))
    happened = [_put(one, paths[one.id], by) for one in moved]
    session.flush()
    emit_all(happened)
    record_care(by, "page.moved", page, before={"path": before}, after={"path": path})


def _below(page: Page) -> Sequence[Page]:
    """In whatever state, so that what is restored later is found below its page again."""
    below = Page.path_folded.startswith(f"{page.path_folded}/", autoescape=True)
    found = session.scalars(
        select(Page).where(Page.space_id == page.space_id, below).limit(MOST_MOVED)
    ).all()
    if len(found) == MOST_MOVED:
        raise Conflict(_("Too many pages stand below this one to be moved at once."))
    return found


def _put(page: Page, path: str, by: Viewer) -> PageMoved:
    before = page.path
    session.execute(
        delete(FormerPath).where(
            FormerPath.space_id == page.space_id,
            or_(FormerPath.path_folded == fold(before), FormerPath.path_folded == fold(path)),
        )
    )
    if fold(before) != fold(path):
        session.add(FormerPath(space_id=page.space_id, path_folded=fold(before), page_id=page.id))
    page.path, page.path_folded, page.version = path, fold(path), Page.version + 1
    return PageMoved(**about(page, by))


@action
def delete_page(page: Page, *, by: Viewer) -> None:
    """Take the page away with its comments; it can be restored. What stands below it stays."""
    authorize(by, "page.delete", page)
    page.deleted_by_id = by.member_id
    _set_state(page, State.DELETED)
    emit(PageDeleted(**about(page, by), author_id=page.author_id))
    record_care(by, "page.deleted", page)


@action
def hide_page(page: Page, *, by: Viewer) -> None:
    """Put the page out of sight until somebody has decided."""
    authorize(by, "page.hide", page)
    if page.state == State.HIDDEN:
        return
    _set_state(page, State.HIDDEN)
    emit(PageHidden(**about(page, by), author_id=page.author_id))
    record_care(by, "page.hidden", page)


@action
def restore_page(page: Page, *, by: Viewer) -> None:
    """Bring the page back; where another has taken its path meanwhile, right beside that one."""
    authorize(by, "page.restore", page)
    make_way(page)
    page.deleted_by_id = None
    _set_state(page, State.PUBLISHED)
    emit(PageRestored(**about(page, by), author_id=page.author_id))
    record_care(by, "page.restored", page)


@prepares_return(Page)
def make_way(page: Page) -> None:
    """Find a path for a page that comes back; joins an action."""
    touch("space", page.space_id)
    page.path = _free_path(page)
    page.path_folded = fold(page.path)
    session.execute(delete(FormerPath).where(*at_path(FormerPath, page.space_id, page.path)))


def _free_path(page: Page) -> str:
    begins = Page.path_folded.startswith(page.path_folded, autoescape=True)
    taken = set(
        session.scalars(
            select(Page.path_folded).where(
                Page.space_id == page.space_id, begins, Page.state == State.PUBLISHED
            )
        )
    )
    path, number = page.path, 1
    while fold(path) in taken:
        number += 1
        path = f"{page.path[:390]}-{number}"
    return path


def _set_state(page: Page, state: State) -> None:
    page.state = state
    set_thread_state(page.thread, state)
    touch_subject(page)
