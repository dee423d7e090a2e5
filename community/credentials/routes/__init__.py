"""The pages of signing up and in, and of the settings that concern them."""

from community.credentials.routes import entering, joining, keeping, resetting
from community.credentials.routes.blueprint import bp

__all__ = ["bp", "entering", "joining", "keeping", "resetting"]
