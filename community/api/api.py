"""The first resources: who I am, and what there is."""

from typing import Any

from community.api import tokens
from community.api.description import describe
from community.api.resources import Resources
from community.api.schemas import ID, TEXT, TIME, list_of, or_null, thing
from community.members.models import Member
from community.viewer import current_viewer

__all__ = ["api_bp", "tokens"]

api_bp = Resources("api")


@api_bp.resource(
    "GET",
    "/me",
    summary="The member the token belongs to",
    answer=thing(
        id=ID,
        username=TEXT,
        name=TEXT,
        segment=TEXT,
        organization=or_null(TEXT),
        unit=or_null(TEXT),
        joined_at=TIME,
        roles=list_of(TEXT),
        scopes=or_null({"type": "array", "items": TEXT}),
    ),
)
def me() -> dict[str, Any]:
    viewer = current_viewer()
    assert viewer.member
    scopes = None if viewer.scopes is None else sorted(viewer.scopes)
    return _person(viewer.member) | {"roles": sorted(viewer.roles), "scopes": scopes}


@api_bp.resource(
    "GET",
    "/openapi.json",
    summary="This description",
    answer={"type": "object"},
    access_for="anyone",
)
def openapi() -> dict[str, Any]:
    return describe()


def _person(member: Member) -> dict[str, Any]:
    return {
        "id": member.public_id,
        "username": member.username,
        "name": member.name,
        "segment": str(member.segment),
        "organization": member.organization.name if member.organization else None,
        "unit": member.unit.name if member.unit else None,
        "joined_at": member.joined_at.isoformat(),
    }
