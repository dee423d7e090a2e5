"""Feeds: what is new in a place, as Atom. Places say what their feeds hold; this writes them."""
