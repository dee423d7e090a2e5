"""The wiki's place in the main navigation."""

from flask_babel import lazy_gettext as _l

from community.slots import add_place
from community.spaces.addresses import show_spaces
from community.spaces.models import SpaceKind

add_place(_l("Wiki"), "wiki.show_wikis", prefixes=("/wiki",), position=30)
show_spaces(SpaceKind.WIKI, "wiki.show_wiki")
