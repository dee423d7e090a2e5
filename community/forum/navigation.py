"""The forum's place in the main navigation."""

from flask_babel import lazy_gettext as _l

from community.slots import add_place
from community.spaces.addresses import show_spaces
from community.spaces.models import SpaceKind

add_place(
    _l("Forum"),
    "forum.latest",
    prefixes=("/", "/latest", "/unread", "/unanswered", "/top", "/c/", "/t/"),
    position=10,
)
show_spaces(SpaceKind.CATEGORY, "forum.show_space")
