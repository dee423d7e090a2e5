"""What a preview resolves: the same quotations that the sent text would name."""

from collections.abc import Callable, Mapping

from community.markup import QuotedPost
from community.texts.drafts import Place

Resolver = Callable[[frozenset[str]], Mapping[str, QuotedPost]]

_resolvers: list[Callable[[int], Resolver]] = []


def resolves_quotes(maker: Callable[[int], Resolver]) -> Callable[[int], Resolver]:
    """The threads say how quotations are resolved for the readers of an audience."""
    if maker not in _resolvers:
        _resolvers.append(maker)
    return maker


def quotes_for_preview(place: Place | None) -> Resolver | None:
    return _resolvers[0](place.audience_id) if place and _resolvers else None
