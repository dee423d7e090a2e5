"""The administrators' pages, by what they are about."""

from community.admin.routes import members, organizations
from community.admin.routes.blueprint import bp

__all__ = ["bp", "members", "organizations"]
