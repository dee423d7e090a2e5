"""The forum's place in the main navigation."""

from flask_babel import lazy_gettext as _l

from community.slots import add_place

add_place(
    _l("Forum"),
    "forum.latest",
    prefixes=("/", "/latest", "/unread", "/unanswered", "/top", "/c/", "/t/"),
    position=10,
)
