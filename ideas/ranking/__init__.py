"""Ranking: the orders in which ideas are listed."""
