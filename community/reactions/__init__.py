"""Reactions: one word back to what somebody wrote, on any subject. Words: kind, giver, tally."""
