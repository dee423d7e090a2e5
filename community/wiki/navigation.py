"""The wiki's place in the main navigation."""

from flask_babel import lazy_gettext as _l

from community.slots import add_place

add_place(_l("Wiki"), "wiki.show_wikis", prefixes=("/wiki",), position=30)
