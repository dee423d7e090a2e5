"""The blogs' addresses: lists, articles, writing them, and looking after them."""

from community.blog.routes import care, lists, writing
from community.blog.routes.blueprint import bp

__all__ = ["bp", "care", "lists", "writing"]
