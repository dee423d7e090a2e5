"""The OpenAPI description, read from what the rooms registered."""

import re
from typing import Any

from community.api.resources import PREFIX, Resource, resources
from community.api.schemas import ERROR
from community.config import settings

_PLACE = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


def describe() -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for resource in resources():
        path = _PLACE.sub(r"{\1}", PREFIX + resource.path)
        paths.setdefault(path, {})[resource.method.lower()] = _operation(resource)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{settings().community_name} API", "version": "1"},
        "servers": [{"url": settings().base_url}],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": ERROR},
        },
        "paths": paths,
    }


def _operation(resource: Resource) -> dict[str, Any]:
    named = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PLACE.findall(resource.path)
    ]
    asked = [
        {"name": name, "in": "query", "schema": dict(schema)}
        for name, schema in resource.query.items()
    ]
    return {
        "summary": resource.summary,
        "parameters": named + asked,
        "responses": {
            "200": {"description": "Done", "content": _json(resource.answer)},
            "default": {
                "description": "Refused",
                "content": _json({"$ref": "#/components/schemas/Error"}),
            },
        },
        "x-scope": resource.scope,
        "security": [{"token": []}] + ([{}] if resource.access == "anyone" else []),
    }


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": dict(schema)}}
