"""The blogs' place in the main navigation."""

from flask_babel import lazy_gettext as _l

from community.slots import add_place

add_place(_l("Blogs"), "blog.show_blogs", prefixes=("/blogs", "/articles"), position=40)
