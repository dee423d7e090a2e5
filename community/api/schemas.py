"""Pieces of the API's description that many resources share."""

from typing import Any

TEXT = {"type": "string"}
TIME = {"type": "string", "format": "date-time"}
ID = {"type": "string", "pattern": "^[2-9a-hjkmnp-z]{8}$"}
NUMBER = {"type": "integer"}
FLAG = {"type": "boolean"}

ERROR = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "code": TEXT,
                "message": TEXT,
                "field": {"type": ["string", "null"]},
            },
            "required": ["code", "message", "field"],
        }
    },
}


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def list_of(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]}


MEMBER = thing(id=ID, username=or_null(TEXT), name=TEXT, segment=TEXT)
