"""What the blogs put into every page: a way to begin an article."""

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from community.slots import fills


@fills("header.new")
def new_article() -> str:
    return Markup('<li><a href="{}">{}</a></li>').format(url_for("blog.choose_blog"), _("Article"))
