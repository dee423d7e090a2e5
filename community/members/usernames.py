"""Usernames: which are possible, and when two are too alike to tell apart.

`fold` is how a username is looked up (mentions, addresses); `skeleton` is what it looks like, so
that nobody can pass for somebody else with Cyrillic letters, zero-width characters or a nought.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import select

from community.config import settings
from community.database import session
from community.errors import Invalid
from community.members.likeness import skeleton
from community.members.models import Profile

SHORTEST, LONGEST = 2, 40

_SHAPE = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")


@cache
def _reserved() -> frozenset[str]:
    """What only the house itself is called."""
    names = (Path(__file__).parent / "reserved_names.txt").read_text(encoding="utf-8").split()
    return frozenset(skeleton(name) for name in [*names, settings().community_name])


def fold(username: str) -> str:
    """How it is looked up: compatibility forms and case make no difference."""
    return unicodedata.normalize("NFKC", username).casefold()


def name_taken() -> Invalid:
    return Invalid({"username": _("This name is taken or too similar.")})


def check_username(typed: str, *, besides: int | None = None) -> str:
    """The username as it will be kept; raise `Invalid` if it cannot be had.

    `besides` is the member whose own name may stay.
    """
    if _is_taken(typed, besides):
        raise name_taken()
    username = unicodedata.normalize("NFKC", typed).strip()
    if not SHORTEST <= len(username) <= LONGEST:
        raise Invalid(
            {
                "username": _(
                    "A username has %(least)s to %(most)s characters.", least=SHORTEST, most=LONGEST
                )
            }
        )
    if not _SHAPE.fullmatch(username) or len(_scripts(username)) > 1:
        raise Invalid(
            {
                "username": _(
                    "Letters of one script, digits, full stops, hyphens and underscores; it begins "
                    "and ends with a letter or digit."
                )
            }
        )
    return username


def _is_taken(typed: str, besides: int | None) -> bool:
    look = skeleton(typed)
    if look in _reserved():
        return True
    alike = select(Profile.member_id).where(
        (Profile.username_skeleton == look) | (Profile.username_folded == fold(typed))
    )
    if besides is not None:
        alike = alike.where(Profile.member_id != besides)
    return session.scalar(alike.limit(1)) is not None


def _scripts(username: str) -> set[str]:
    """The scripts of its letters, by the first word of each letter's name."""
    return {unicodedata.name(letter, "?").split()[0] for letter in username if letter.isalpha()}
