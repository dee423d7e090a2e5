"""Readers' own names and pictures, where a page shows them to themselves."""

from markupsafe import escape

from community.keeping.own import Abouts, Reader, text_of
from community.members.models import initials, picture_url


@text_of("me.name")
def _names(reader: Reader, abouts: Abouts) -> list[str]:
    return [escape(reader.name)] * len(abouts)


@text_of("me.username")
def _usernames(reader: Reader, abouts: Abouts) -> list[str]:
    return [escape(reader.username)] * len(abouts)


@text_of("me.avatar")
def _avatars(reader: Reader, abouts: Abouts) -> list[str]:
    return [_avatar(reader)] * len(abouts)


def _avatar(reader: Reader) -> str:
    """As the macro in layout/macros/avatar.html has it."""
    if reader.picture is None:
        return f'<span class="avatar" aria-hidden="true">{escape(initials(reader.name))}</span>'
    return (
        f'<img class="avatar" src="{picture_url(reader.picture)}" alt="" width="32" height="32"'
        ' loading="lazy" decoding="async">'
    )
