"""Voting: one vote per member and idea, given and taken back, and who stands behind an idea."""
