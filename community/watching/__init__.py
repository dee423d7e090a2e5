"""Watching: how much a member wants to hear of a subject, a space or a tag."""
