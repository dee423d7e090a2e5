"""What the numbers put into every page: where everybody can read what they mean."""

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from community.slots import fills


@fills("footer")
def definitions() -> str:
    return Markup('<li><a href="{}">{}</a></li>').format(
        url_for("metrics.show_definitions"), _("What the numbers mean")
    )
