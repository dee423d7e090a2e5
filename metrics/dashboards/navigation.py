"""The numbers' place in the main navigation."""

from flask_babel import lazy_gettext as _l

from community.policy import can
from community.slots import add_place

add_place(
    _l("Metrics"),
    "metrics.show_overview",
    prefixes=("/metrics",),
    position=50,
    shown_to=lambda viewer: can(viewer, "metrics.view"),
)
