"""Texts: what a person wrote, its revisions and drafts, written once for every room."""
