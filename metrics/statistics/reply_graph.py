"""Who answers whom, as a graph: one arc from a to b however often a replied to b."""

from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from metrics.statistics.intervals import Interval
from metrics.statistics.proportions import wilson

Person = TypeVar("Person", bound=Hashable)


class Reciprocity(NamedTuple):
    """How many arcs there are, and how many of them are answered by one in the other direction."""

    mutual: int
    arcs: int

    @property
    def share(self) -> float | None:
        return self.mutual / self.arcs if self.arcs else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.mutual, self.arcs) if self.arcs else None


def arcs_of(replies: Iterable[tuple[Person, Person]]) -> set[tuple[Person, Person]]:
    """The distinct (from, to) pairs; answering oneself is no arc."""
    return {(author, addressed) for author, addressed in replies if author != addressed}


def mutual_arcs(arcs: set[tuple[Person, Person]]) -> set[tuple[Person, Person]]:
    return {(author, addressed) for author, addressed in arcs if (addressed, author) in arcs}


def reciprocity(arcs: set[tuple[Person, Person]]) -> Reciprocity:
    return Reciprocity(len(mutual_arcs(arcs)), len(arcs))


def arcs_across(
    arcs: set[tuple[Person, Person]], sides: Mapping[Person, str], one: str, other: str
) -> set[tuple[Person, Person]]:
    """The arcs between the two sides, in either direction: employees and customers, say."""
    return {arc for arc in arcs if {sides[person] for person in arc} == {one, other}}
