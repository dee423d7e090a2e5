"""The demo's ideas: boards full of wishes in every status, with reasons, votes and releases."""
