"""Titles: one line of plain words over a text."""

from flask_babel import gettext as _
from slugify import slugify

from community.errors import Invalid
from community.texts.preparation import check_storable, visible_length

TITLE_LENGTH = 200


def check_title(title: str, field: str = "title") -> str:
    """The title with single blanks; raise `Invalid` for an empty or overlong one."""
    check_storable(title)
    title = " ".join(title.split())
    if not visible_length(title):
        raise Invalid({field: _("The title is empty.")})
    if len(title) > TITLE_LENGTH:
        raise Invalid(
            {
                field: _(
                    "The title has %(given)s characters; at most %(most)s are taken.",
                    given=f"{len(title):,}",
                    most=TITLE_LENGTH,
                )
            }
        )
    return title


def slug_of(title: str) -> str:
    """The part of an address that only people read; never empty."""
    return slugify(title, max_length=70, word_boundary=True) or "-"
