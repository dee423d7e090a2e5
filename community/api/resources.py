"""A blueprint whose views are resources of the API, each described as it is registered.

api_bp = Resources("forum")

@api_bp.resource("GET", "/topics/<public_id>", scope="read", summary="A topic", answer={...})
def topic(public_id): return {...}
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify

from community.errors import Forbidden, NotSignedIn
from community.events import occurring
from community.limits import limit
from community.policy import can
from community.viewer import current_viewer
from community.web import access

PREFIX = "/api/v1"

Schema = Mapping[str, Any]
View = Callable[..., Any]


@dataclass(frozen=True)
class Resource:
    method: str
    path: str
    summary: str
    scope: str
    access: str
    answer: Schema
    query: Mapping[str, Schema] = field(default_factory=dict)


_registry: dict[tuple[str, str], Resource] = {}


def resources() -> list[Resource]:
    return [_registry[key] for key in sorted(_registry)]


class Resources(Blueprint):
    """One room's part of `/api/v1`."""

    def __init__(self, room: str) -> None:
        super().__init__(f"{room}_api", f"community.api.{room}", url_prefix=PREFIX)
        self.before_request(check_token_or_form)

    def resource(
        self,
        method: str,
        path: str,
        *,
        summary: str,
        answer: Schema,
        scope: str = "read",
        access_for: str = "signed_in",
        query: Mapping[str, Schema] | None = None,
        rate: str = "300/5 minutes",
    ) -> Callable[[View], View]:
        """Serve `path`; `access_for` is what `@access` takes, `scope` what a token needs."""
        described = Resource(method, path, summary, scope, access_for, answer, query or {})

        def register(view: View) -> View:
            _registry[path, method] = described
            served = access("anyone")(limit(rate)(_served(view, described)))
            self.add_url_rule(path, view.__name__, served, methods=[method])
            return view

        return register


def _served(view: View, described: Resource) -> View:
    @wraps(view)
    def serve(**arguments: Any) -> Response | tuple[Response, int]:
        _check_who(described)
        with occurring(source="api"):
            answer = view(**arguments)
        if isinstance(answer, tuple):
            return jsonify(answer[0]), answer[1]
        return answer if isinstance(answer, Response) else jsonify(answer)

    return serve


def _check_who(described: Resource) -> None:
    """401 without a viewer where one is needed, 403 where the token's scopes do not reach."""
    viewer = current_viewer()
    if viewer.scopes is not None and described.scope not in viewer.scopes:
        raise Forbidden(f"The token needs the scope {described.scope}.")
    if described.access == "anyone":
        return
    if viewer.member is None:
        raise NotSignedIn
    if described.access != "signed_in" and not can(viewer, described.access):
        raise Forbidden


def check_token_or_form() -> None:
    """A browser's cookie needs its form token; a bearer token, which no form can send, does not."""
    current_viewer()
    if "api_token_id" not in g and current_app.config["WTF_CSRF_ENABLED"]:
        current_app.extensions["csrf"].protect()
