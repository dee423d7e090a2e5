"""Verbs of proving who one is: joining, signing in and out, resetting, and keys for programs."""
