"""Back to the page that somebody came from, once they are in."""

from urllib.parse import urlsplit

from flask import request

from community.credentials.routes.blueprint import bp
from community.web import local_path, view_at


def page_before() -> str:
    """What `next` names, or else the page of ours whose link brought them here; `/` without one."""
    return local_path(request.args.get("next"), _referring())


def _referring() -> str:
    """Not where a form was sent to, and not another step of coming in."""
    before = urlsplit(request.referrer or "")
    view = view_at(before.path) if before.netloc == request.host else None
    if view is None or view[0].startswith(f"{bp.name}."):
        return "/"
    return local_path(f"{before.path}?{before.query}".rstrip("?"))
