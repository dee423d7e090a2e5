"""The judge's arithmetic: lifelines, networkx, scipy and numpy on lists; nothing of ours."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

import networkx
import numpy
from lifelines import KaplanMeierFitter
from scipy.stats import binomtest

STAFF, CUSTOMER = "employee", "customer"


@dataclass(frozen=True)
class Said:
    """A post: who, when, where, to whom; `to` None for the one that opens a topic."""

    topic: str
    person: str
    at: datetime
    to: str | None
    place: int


@dataclass
class World:
    """What the files tell. `segments` has no entry for those who are no human beings.

    For the ladder: who joined when and left when, who looked around for which thing, who nodded at
    whose work, whose work was found good by whom. `originals` are openings of any kind.
    """

    segments: dict[str, str]
    said: list[Said] = field(default_factory=list)
    other_acts: list[tuple[str, datetime]] = field(default_factory=list)
    other_contributions: list[tuple[str, datetime]] = field(default_factory=list)
    closed: dict[str, datetime] = field(default_factory=dict)
    joined: dict[str, datetime] = field(default_factory=dict)
    leavings: list[tuple[str, datetime, str]] = field(default_factory=list)
    sense_making: list[tuple[str, str, datetime]] = field(default_factory=list)
    nods: list[tuple[str, str, datetime]] = field(default_factory=list)
    outcomes: list[tuple[str, str, datetime]] = field(default_factory=list)
    internal_topics: set[str] = field(default_factory=set)
    answered_by_nobody: set[str] = field(default_factory=set)

    def human(self, person: str | None) -> bool:
        return person in self.segments

    def staff(self, person: str | None) -> bool:
        return self.segments.get(person or "") == STAFF


@dataclass(frozen=True)
class Span:
    """A window of whole days in UTC, seen at a moment."""

    first: datetime
    end: datetime
    seen: datetime

    def holds(self, at: datetime) -> bool:
        return self.first <= at < self.end


def share(part: int, whole: int) -> dict[str, float]:
    if not whole:
        return {}
    ends = binomtest(part, whole).proportion_ci(method="wilson")
    return {
        "value": part / whole,
        "low": ends.low,
        "high": ends.high,
        "numerator": part,
        "denominator": whole,
    }


def contributions(world: World) -> list[tuple[str, datetime]]:
    return [(said.person, said.at) for said in world.said] + world.other_contributions


# People ------------------------------------------------------------------------------


def active(world: World, span: Span) -> set[str]:
    acts = [*contributions(world), *world.other_acts]
    return {person for person, at in acts if world.human(person) and span.holds(at)}


def given_by_each(world: World, span: Span) -> list[int]:
    people = (person for person, at in contributions(world) if span.holds(at))
    return list(Counter(person for person in people if world.human(person)).values())


def gini(amounts: list[int]) -> float:
    """Half the mean absolute difference, by the mean."""
    values = numpy.array(amounts, dtype=float)
    differences = numpy.abs(values[:, None] - values[None, :])
    return float(differences.mean() / (2 * values.mean()))


def absence_factor(amounts: list[int]) -> int:
    most_first = sorted(amounts, reverse=True)
    people = 0
    while sum(most_first[:people]) < sum(most_first) / 2:
        people += 1
    return people


# Waiting -----------------------------------------------------------------------------


def waits(world: World, span: Span) -> list[tuple[float, bool]]:
    """Hours to the first answer by another human being, or so far."""
    found = []
    for topic, posts in _topics(world).items():
        opening = posts[0]
        if not span.holds(opening.at) or not world.human(opening.person):
            continue
        broadcast = world.staff(opening.person) and topic not in world.internal_topics
        if broadcast or topic in world.answered_by_nobody:
            continue
        answers = [
            post.at
            for post in posts
            if world.human(post.person) and post.person != opening.person and post.at <= span.seen
        ]
        until = min([*answers, span.seen, *([] if answers else _closing(world, topic))])
        found.append(((until - opening.at).total_seconds() / 3600, bool(answers)))
    return found


def _closing(world: World, topic: str) -> list[datetime]:
    return [world.closed[topic]] if topic in world.closed else []


def waiting(world: World, span: Span) -> KaplanMeierFitter:
    times, ended = zip(*waits(world, span), strict=True)
    return KaplanMeierFitter().fit(times, ended)


# Dialogue ------------------------------------------------------------------------------


def conversation_share(world: World, span: Span) -> dict[str, float]:
    staff = [
        said
        for said in world.said
        if span.holds(said.at)
        and world.staff(said.person)
        and said.topic not in world.internal_topics
    ]
    replies = [
        said for said in staff if said.to and world.human(said.to) and not world.staff(said.to)
    ]
    broadcasts = [said for said in staff if said.to is None]
    return share(len(replies), len(replies) + len(broadcasts))


def two_way(world: World, span: Span) -> dict[str, float]:
    both = either = 0
    for topic, posts in _topics(world).items():
        opening = posts[0]
        if topic in world.internal_topics or not span.holds(opening.at):
            continue
        if not world.human(opening.person):
            continue
        sides = [world.staff(p.person) for p in posts if world.human(p.person)]
        either += False in sides
        both += False in sides and len(list(groupby(sides))) > 2
    return share(both, either)


def reciprocity(world: World, span: Span) -> networkx.DiGraph:
    graph = networkx.DiGraph()
    graph.add_edges_from(
        (said.person, said.to)
        for said in world.said
        if said.to
        and said.to != said.person
        and span.holds(said.at)
        and world.human(said.person)
        and world.human(said.to)
    )
    return graph


def across(graph: networkx.DiGraph, world: World) -> networkx.DiGraph:
    both = {STAFF, CUSTOMER}
    return graph.edge_subgraph(
        (a, b) for a, b in graph.edges if {world.segments[a], world.segments[b]} == both
    )


def _topics(world: World) -> dict[str, list[Said]]:
    """The posts of each topic in the order in which they were written."""
    found: dict[str, list[Said]] = {}
    for said in _in_order(world.said):
        found.setdefault(said.topic, []).append(said)
    return {topic: posts for topic, posts in found.items() if posts[0].to is None}


def _in_order(said: Iterable[Said]) -> list[Said]:
    return sorted(said, key=lambda one: (one.to is not None, one.at, one.place))
