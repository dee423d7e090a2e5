"""What the wiki puts into every page: a way to begin a page."""

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from community.slots import fills


@fills("header.new")
def new_page() -> str:
    return Markup('<li><a href="{}">{}</a></li>').format(url_for("wiki.choose_wiki"), _("Page"))
