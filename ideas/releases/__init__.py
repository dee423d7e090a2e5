"""Releases: the versions that ideas are planned for and shipped in."""
