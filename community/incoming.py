"""What comes in is looked at once, before any room: NUL can be stored by no database here."""

from collections.abc import Iterable

from flask import request
from flask_babel import gettext as _

from community.errors import BadRequest, NotFound

NUL = "\0"


def refuse_unstorable() -> None:
    """Nothing stands at an address with a NUL in it; a form that has one is given back."""
    if _first_with_nul((request.view_args or {}).values()):
        raise NotFound
    typed = _first_with_nul(_values())
    if typed:
        raise BadRequest(
            _(
                "The text contains characters that cannot be stored (position %(position)s).",
                position=typed.index(NUL),
            )
        )


def _values() -> Iterable[str]:
    yield from (value for _name, value in request.args.items(multi=True))
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        yield from (value for _name, value in request.form.items(multi=True))


def _first_with_nul(values: Iterable[object]) -> str | None:
    return next((value for value in values if isinstance(value, str) and NUL in value), None)
