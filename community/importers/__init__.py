"""Importers: a community's history brought in from elsewhere, streamed and idempotent.

Words: origin (system, kind, external id), report (read, written, refused).
"""
