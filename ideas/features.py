"""The rooms of ideas, in the order in which they are put together."""

FEATURES: list[str] = []
