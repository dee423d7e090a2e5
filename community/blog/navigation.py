"""The blogs' place in the main navigation."""

from flask_babel import lazy_gettext as _l

from community.slots import add_place
from community.spaces.addresses import show_spaces
from community.spaces.models import SpaceKind

add_place(_l("Blogs"), "blog.show_blogs", prefixes=("/blogs", "/articles"), position=40)
show_spaces(SpaceKind.BLOG, "blog.show_blog")
