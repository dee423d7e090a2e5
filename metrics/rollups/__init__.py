"""Rollups: what dashboards read. Each is a function of the facts, made anew for whole days.

Rebuilding deletes the days' rows and inserts them again in one transaction, so doing it twice, late
or in any order gives the same rows.
"""
