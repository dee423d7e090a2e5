"""Pages of topics as lines, from statements that are made once for all who may read the same."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Select

from community.forum.lines import Line, line_from, topics_in_lines
from community.forum.models import Topic
from community.forum.unread import with_standing
from community.keeping.alike import Make, ask
from community.keeping.statements import given
from community.pagination import Key, Page, Step, in_order, in_steps, names_of, page_of
from community.viewer import Viewer


def page_of_lines(
    name: str,
    viewer: Viewer,
    topics: Make,
    keys: Sequence[Key],
    *,
    limit: int,
    token: str | None = None,
    asked: Mapping[str, Any] = {},
) -> Page[Line]:
    """`topics` gives the keys of those in the list, of which there may be very many; what lines
    show is read of one page of them. `asked`: what is `given` to it.
    """
    whose = "member" if viewer.member else "visitor"

    def rows(step: Step, place: dict[str, Any]) -> list[Line]:
        make = partial(_step, topics, keys, step, limit, bool(viewer.member))
        found = ask(viewer, f"forum.{name}.{whose}.{step}.{limit}", make, **asked, **place)
        return [line_from(row) for row in found]

    return page_of(rows, keys, token=token, limit=limit)


def _step(
    topics: Make, keys: Sequence[Key], step: Step, limit: int, signed_in: bool, viewer: Viewer
) -> Select[*tuple[Any, ...]]:
    place = [given(name) for name in names_of(keys)]
    found = in_steps(topics(viewer), keys, step, place).limit(limit + 1)
    lines = in_order(topics_in_lines().where(Topic.id.in_(found)), keys, step)
    return with_standing(lines, viewer if signed_in else None)
