"""The place of ideas in the main navigation; the roadmap stands under it."""

from flask_babel import lazy_gettext as _l

from community.slots import add_place
from community.spaces.addresses import show_spaces
from community.spaces.models import SpaceKind

add_place(_l("Ideas"), "idea_lists.show", prefixes=("/ideas", "/roadmap"), position=20)
show_spaces(SpaceKind.BOARD, "idea_lists.show_board")
