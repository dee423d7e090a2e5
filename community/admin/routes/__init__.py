"""The administrators' pages, by what they are about."""

from community.admin.routes import deeds, members, organizations
from community.admin.routes.blueprint import bp

__all__ = ["bp", "deeds", "members", "organizations"]
