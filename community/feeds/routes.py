"""Feeds, made for the eyes of a visitor whoever asks: so anybody's reader may keep them."""

from typing import Any

from flask import Blueprint, Response, request

from community.config import settings
from community.errors import NotFound
from community.feeds.atom import write_atom
from community.feeds.registry import feed_maker
from community.viewer import visitor
from community.web import access

bp = Blueprint("feeds", __name__)

KEPT_SECONDS = 300


@bp.get("/feeds/<kind>/<name>.atom")
@access("anyone")
def show(kind: str, name: str) -> Any:
    make = feed_maker(kind)
    if make is None:
        raise NotFound
    feed = make(name, visitor())
    body = write_atom(feed, address=request.path, origin=settings().base_url)
    response = Response(body, mimetype="application/atom+xml")
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response.add_etag()
    return response.make_conditional(request)
