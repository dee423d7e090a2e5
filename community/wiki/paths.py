"""Paths: the part of a page's address that says where in its wiki it stands."""

from flask_babel import gettext as _
from slugify import slugify

from community.errors import Invalid
from community.texts.preparation import check_storable
from community.wiki.models import PATH_LENGTH

SEGMENT_LENGTH = 80


def path_of(words: str) -> str:
    """The path that a title or a typed path stands for; empty where nothing can be made of it."""
    segments = (slugify(part, allow_unicode=True, lowercase=False) for part in words.split("/"))
    return "/".join(segment[:SEGMENT_LENGTH].strip("-") for segment in segments if segment)


def path_for_title(title: str) -> str:
    return path_of(title.replace("/", " ")).lower()


def check_path(words: str, field: str = "path") -> str:
    """The path as it is kept; raise `Invalid` for an empty or overlong one."""
    check_storable(words)
    path = path_of(words[: 4 * PATH_LENGTH])
    if not path:
        raise Invalid({field: _("The address is empty.")})
    if max(len(path), len(fold(path)), len(words.strip("/ "))) > PATH_LENGTH:
        raise Invalid(
            {
                field: _(
                    "The address has %(given)s characters; at most %(most)s are taken.",
                    given=f"{len(words):,}",
                    most=PATH_LENGTH,
                )
            }
        )
    return path


def fold(words: str) -> str:
    """The same for all ways of writing capitals."""
    return words.casefold()


def fold_title(title: str) -> str:
    return " ".join(title.split()).casefold()[:200]


def parents_of(path: str) -> list[str]:
    """From the top down, without the path itself."""
    segments = path.split("/")
    return ["/".join(segments[:length]) for length in range(1, len(segments))]
