"""The rooms of metrics, in the order in which they are put together."""

FEATURES: list[str] = []
