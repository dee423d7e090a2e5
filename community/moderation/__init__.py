"""Moderation: flags gather in cases, cases are decided, decisions can be appealed."""
