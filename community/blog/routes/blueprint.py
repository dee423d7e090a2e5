"""The blogs' one blueprint."""

from typing import Any

from flask import Blueprint

from community.blog.subjects import article_url

bp = Blueprint("blog", __name__)


@bp.context_processor
def addresses() -> dict[str, Any]:
    """What every page of the blogs calls."""
    return {"article_url": article_url}
