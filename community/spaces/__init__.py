"""Spaces: the places things live in, and who may do what there."""
