"""Rollups: what dashboards read. Each is a function of the facts, made anew for one day at a time.

Rebuilding deletes a day's rows and inserts them again in one transaction, so doing it twice, late
or in any order gives the same rows.
"""
