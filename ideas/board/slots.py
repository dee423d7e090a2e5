"""What other pages show of boards."""

from flask import url_for
from flask_babel import gettext as _

from community.slots import entry, fills


@fills("header.new")
def new_idea(**_page: object) -> str:
    return entry(url_for("ideas.choose_board"), _("Idea"))
