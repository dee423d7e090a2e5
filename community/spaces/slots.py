"""The way to a space's settings, and to the list of all spaces."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup

from community.policy import can
from community.slots import fills
from community.spaces.models import Space
from community.viewer import current_viewer

TAB = Markup('<a href="/admin/spaces"{}>{}</a>')
OPEN = Markup('<p><a class="button" href="/admin/spaces">{}</a></p>')
LINK = Markup('<a class="button button--quiet" href="/spaces/{}/settings">{}</a>')


@fills("admin.tabs")
def tab() -> str | None:
    if not can(current_viewer(), "space.create"):
        return None
    here = Markup(' aria-current="page"') if request.path == "/admin/spaces" else ""
    return TAB.format(here, _("Spaces"))


@fills("spaces.none")
def open_the_first() -> str | None:
    """Where nobody can write because there is no space: whose turn it is."""
    return OPEN.format(_("Open a space")) if can(current_viewer(), "space.create") else None


@fills("space.actions")
def settings_of(space: Any) -> str | None:
    if not isinstance(space, Space) or not can(current_viewer(), "space.change", space):
        return None
    return LINK.format(space.slug, _("Settings"))
