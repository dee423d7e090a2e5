"""Twice as many requests as can be served: some are, and the rest are told so at once."""
