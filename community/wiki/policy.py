"""Who may write, move and take away pages: a wiki belongs to all who may create in it."""

from community.audiences import Level
from community.policy import may_delete, may_restore, moderates, rule
from community.spaces.models import Space, SpaceKind
from community.subjects import State
from community.viewer import Viewer
from community.wiki.models import Page


@rule("page.create")
def create(viewer: Viewer, space: Space) -> bool:
    if viewer.member is None or viewer.silenced or space.archived_at:
        return False
    return space.kind == SpaceKind.WIKI and viewer.level(space.audience_id) >= Level.CREATE


@rule("page.edit")
def edit(viewer: Viewer, page: Page) -> bool:
    if viewer.member is None or viewer.silenced or page.space.archived_at:
        return False
    return page.state != State.DELETED and viewer.level(page.audience_id) >= Level.CREATE


@rule("page.move")
def move(viewer: Viewer, page: Page) -> bool:
    return page.state == State.PUBLISHED and edit(viewer, page)


@rule("page.delete")
def delete(viewer: Viewer, page: Page) -> bool:
    """Its author may as long as nobody else has put work or words into it."""
    return may_delete(viewer, page, alone=not page.shared and page.thread.first_response_at is None)


@rule("page.restore")
def restore(viewer: Viewer, page: Page) -> bool:
    return may_restore(viewer, page)


@rule("page.hide")
def hide(viewer: Viewer, page: Page) -> bool:
    return moderates(viewer, page) and page.state != State.DELETED
