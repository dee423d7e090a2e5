"""The way to the administrators' pages, in one's own menu."""

from flask_babel import gettext as _
from markupsafe import Markup

from community.policy import can
from community.slots import fills
from community.viewer import current_viewer


@fills("header.menu")
def menu_entry() -> str | None:
    if not can(current_viewer(), "admin.open"):
        return None
    return Markup('<li><a href="/admin/members">{}</a></li>').format(_("Administration"))
