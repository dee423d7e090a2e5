"""Notifications: what a member should hear, once an event, on the page and by mail.

Words: notice, kind (why it came), channel, line (what is told in one breath: a notice, or several).
"""
