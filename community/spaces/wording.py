"""Kinds of space and levels in words."""

from flask_babel import lazy_gettext as _l

from community.audiences import Level
from community.spaces.models import SpaceKind

KINDS = {
    SpaceKind.CATEGORY: _l("Forum category"),
    SpaceKind.BOARD: _l("Idea board"),
    SpaceKind.BLOG: _l("Blog"),
    SpaceKind.WIKI: _l("Wiki"),
    SpaceKind.GROUP: _l("Group's corner"),
}
LEVELS = {
    Level.SEE: _l("may read"),
    Level.REPLY: _l("may answer, vote and react"),
    Level.CREATE: _l("may open topics, ideas, pages"),
    Level.MODERATE: _l("moderates"),
    Level.OWN: _l("owns"),
}
