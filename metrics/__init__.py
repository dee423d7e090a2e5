"""What the community's numbers say, and how they were counted.

It only listens: facts are written from events, rollups are made from facts, and every figure is
computed from rollups. Nothing imports this package; without it the community works as before.
"""
