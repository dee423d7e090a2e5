"""What templates can call: times, numbers, trusted HTML, asset addresses, form tokens."""

from collections.abc import Callable, Hashable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask import Flask, request
from flask_babel import format_date, format_decimal, to_user_timezone
from markupsafe import Markup

from community import assets
from community.errors import refusal_message
from community.escaping import marked, written
from community.i18n import spoken_in, zone
from community.identifiers import new_token
from community.keeping.own import own, own_list, own_row
from community.markup import trusted, word_diff


def register(app: Flask) -> None:
    app.register_blueprint(assets.blueprint)
    app.jinja_env.filters.update(when=when, number=number, trusted=trusted)
    app.jinja_env.globals.update(
        asset_url=assets.asset_url,
        url_for=_remembering(app.url_for),
        new_token=new_token,
        own=own,
        own_list=own_list,
        own_row=own_row,
        refusal_message=refusal_message,
        word_diff=word_diff,
        community_name=app.config["SETTINGS"].community_name,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _remembering(url_for: Callable[..., str]) -> Callable[..., str]:
    """A list has a hundred addresses, and nearly all of them stand on other pages, too.

    `root` is put before each, and is whatever the request says.
    """

    @lru_cache(2048, typed=True)
    def known(root: str, endpoint: str, names: tuple[str, ...], *values: Any) -> str:
        return url_for(endpoint, **dict(zip(names, values, strict=True)))

    def remembered(endpoint: str, **values: Any) -> str:
        return known(request.script_root, endpoint, tuple(values), *values.values())

    return remembered


def when(moment: datetime | None) -> Markup:
    """A time element in the reader's zone, which the browser turns into "3 hours ago".

    The day stands there first because it is about as wide: nothing moves when the words change.
    """
    if moment is None:
        return Markup("")
    return _element(moment, zone(), *spoken_in())


@lru_cache(2048)
def _element(moment: datetime, _zone: str, *language: Hashable) -> Markup:
    """Made once for all of one language and zone: thirty of them stand in a list."""
    there, iso = to_user_timezone(moment), moment.isoformat()
    day = _day(there.date(), *language)
    return marked(
        f'<relative-time datetime="{iso}">'
        f'<time datetime="{iso}" title="{day}, {there:%H:%M}">{day}</time></relative-time>'
    )


@lru_cache(2048)
def _day(day: date, *_language: Hashable) -> str:
    return written(format_date(day, "d MMM yyyy", rebase=False))


def number(value: float | None) -> str:
    return "–" if value is None else _decimal(value, spoken_in()[0])


@lru_cache(2048)
def _decimal(value: float, _locale: str) -> str:
    """Most are small counts, and the same ones stand on every page."""
    return format_decimal(value)
