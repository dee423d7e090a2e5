"""Killing the real product while people write, and looking whether anything was lost."""
