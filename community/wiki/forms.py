"""What comes from the form of a page, and what its writer is shown when it does not fit."""

from collections.abc import Mapping

from flask_babel import gettext as _

from community.errors import Conflict
from community.policy import authorize
from community.texts.forms import begun_with, title_to_save
from community.texts.merging import save_merged
from community.texts.preparation import Prepared
from community.viewer import Viewer
from community.wiki.actions import revise_page
from community.wiki.links import prepare_for
from community.wiki.models import Page
from community.wiki.paths import fold


class PageMovedAway(Conflict):
    """The page has another address since its editor began."""


class PageGone(Conflict):
    """The page was taken away since its editor began."""


def path_asked(form: Mapping[str, str]) -> str:
    """The path typed; made from the title where none is, or where it ends with a stroke."""
    path = form.get("path", "").strip()
    if path and not path.endswith("/"):
        return path
    return path + form.get("title", "").replace("/", " ")


def save_page(page: Page, form: Mapping[str, str], source: str, *, by: Viewer, path: str) -> bool:
    """Save what was typed together with what others saved meanwhile; say whether they did."""
    authorize(by, "page.edit", page)
    if fold(path) != page.path_folded:
        raise PageMovedAway(
            _("The page was moved to “%(path)s” meanwhile. Save it there?", path=page.path)
        )

    def change(text: Prepared, current: int) -> None:
        revise_page(
            page,
            text,
            by=by,
            base=current,
            summary=form.get("summary", ""),
            title=title_to_save(form, page.text, current=page.title),
        )

    return save_merged(
        page.text,
        source,
        base=begun_with(form),
        prepare=lambda wanted: prepare_for(page.space, wanted),
        change=change,
    )
