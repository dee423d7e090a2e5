"""The way to the administrators' pages, in one's own menu."""

from flask_babel import gettext as _

from community.policy import can
from community.slots import entry, fills
from community.viewer import current_viewer


@fills("header.menu")
def menu_entry() -> str | None:
    if not can(current_viewer(), "admin.open"):
        return None
    return entry("/admin/members", _("Administration"))
