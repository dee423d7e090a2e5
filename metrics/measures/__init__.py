"""Measures: the catalogue's numbers, computed from rollups alone.

Each is three functions of one question: the figure, the people it describes, and the rows behind
it, so that a number and its drill-down cannot drift apart.
"""
