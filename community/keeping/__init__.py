"""Keeping: pages that are the same for many, made once and given until a version says no."""
