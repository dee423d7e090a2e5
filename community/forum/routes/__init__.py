"""The forum's addresses: home and lists, topics, answers, and looking after topics."""

from community.forum.routes import answers, care, lists, topics
from community.forum.routes.blueprint import bp

__all__ = ["answers", "bp", "care", "lists", "topics"]
