"""What the numbers put into every page: where everybody can read what they mean."""

from flask import url_for
from flask_babel import gettext as _

from community.slots import entry, fills


@fills("footer")
def definitions() -> str:
    return entry(url_for("metrics.show_definitions"), _("What the numbers mean"))
