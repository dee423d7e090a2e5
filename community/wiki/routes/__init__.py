"""The wiki's addresses: wikis and their lists, pages, their histories, and looking after pages."""

from community.wiki.routes import care, histories, lists, pages
from community.wiki.routes.blueprint import bp

__all__ = ["bp", "care", "histories", "lists", "pages"]
