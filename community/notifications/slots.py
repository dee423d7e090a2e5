"""The way to one's choices of mail, among the settings."""

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup

from community.slots import fills

ADDRESS = "/settings/notifications"


@fills("settings.tabs")
def tab() -> Markup:
    here = Markup(' aria-current="page"') if request.path == ADDRESS else ""
    return Markup('<a href="{}"{}>{}</a>').format(ADDRESS, here, _("Notifications"))
