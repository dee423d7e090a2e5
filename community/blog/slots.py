"""What the blogs put into every page: a way to begin an article."""

from flask import url_for
from flask_babel import gettext as _

from community.slots import entry, fills


@fills("header.new")
def new_article() -> str:
    return entry(url_for("blog.choose_blog"), _("Article"))
