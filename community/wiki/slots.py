"""What the wiki puts into every page: a way to begin a page."""

from flask import url_for
from flask_babel import gettext as _

from community.slots import entry, fills


@fills("header.new")
def new_page() -> str:
    return entry(url_for("wiki.choose_wiki"), _("Page"))
