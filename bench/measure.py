"""Measuring: hello and the pages in turn, best against best, so that only ratios remain."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.load import Load, Request, Sample
from bench.pages import Page, Plan
from bench.servers import Server
from bench.table import Row, failed, part_of_hello
from bench.writing import one_at_a_time, steadily

TICK = 1e-6
ENOUGH_IN_VAIN, BETTER, WRITTEN_BEFORE = 4, 0.95, 40


@dataclass
class Measured:
    """One page as one kind of reader asks for it: its first second, and what it came to."""

    page: Page
    who: str
    load: Load
    budget: float
    first: Sample | None = None
    samples: list[Sample] = field(default_factory=list)
    failure: Exception | None = None

    def attempt(self, work: Callable[..., None], *arguments: Any) -> None:
        """Once it has failed, it is left alone."""
        if not self.failure:
            try:
                work(*arguments)
            except Exception as error:
                self.failure = error

    def warm(self, seconds: int) -> None:
        """Until four more seconds bring no more: all is kept by then, and known to be alike."""
        self.first = best = self.load.run(1)
        self.load.visit(self.page.visits)
        in_vain = 0
        for _second in range(seconds if self.page.is_hot else 0):
            now = self.load.run(1)
            in_vain = 0 if now.cpu < BETTER * best.cpu else in_vain + 1
            best = min(best, now, key=lambda one: one.cpu)
            if in_vain == ENOUGH_IN_VAIN:
                return

    def measure(self, plan: Plan, seconds: int) -> None:
        self.samples.append(self.load.run(seconds))

    def row(self, hello: list[Sample]) -> Row:
        name = f"{self.page.name}, {self.who}"
        if self.failure:
            return failed(name, self.failure)
        best, cpu = _best(self.samples), _cheapest(self.samples)
        said = [f"{best:.0f}/s", f"{cpu * 1000:.2f} ms CPU", *self.remarks()]
        parts = best / _best(hello), _cheapest(hello) / cpu
        return part_of_hello(name, *parts, self.budget, ", ".join(said))

    def remarks(self) -> list[str]:
        said = [f"at worst {min(one.rate for one in self.samples):.0f}/s"]
        said += [f"first second {self.first.rate:.0f}/s"] if self.first else []
        refused = sum(one.refused for one in self.samples)
        return [*said, f"{refused} sent away"] if refused else said


class UnderWrites(Measured):
    """Warm already: it is measured after the same page without writes."""

    wrote: float = 0

    def warm(self, seconds: int) -> None:
        pass

    def measure(self, plan: Plan, seconds: int) -> None:
        with steadily(self.load.server, plan) as written:
            began = time.monotonic()
            self.samples.append(self.load.run_beside_others(seconds))
            self.wrote = max(self.wrote, len(written) / (time.monotonic() - began))
        self.load.server.rest()

    def remarks(self) -> list[str]:
        return [*super().remarks(), f"{self.wrote:.0f} writes/s seen"]


@dataclass(frozen=True)
class Rounds:
    cycles: int
    seconds: int
    warming: int


def against_hello(
    hello: Server, app: Server, plan: Plan, folder: Path, rounds: Rounds
) -> Iterator[Row]:
    """Page after page, because what is kept of it is kept for a minute; hello between all."""
    greeting, greetings = Load(hello, [Request("/")], folder), list[Sample]()
    greeting.run(1)
    one_at_a_time(app, plan, count=WRITTEN_BEFORE)
    every = [list(_ways(page, plan, app, folder)) for page in plan.pages]
    for ways in every:
        greetings += _in_turn(greeting, ways, plan, rounds)
    cheapest = f"{_cheapest(greetings) * 1000:.2f} ms CPU, {os.cpu_count()} cores"
    yield Row("bare Flask, hello", f"{_best(greetings):.0f}/s", remarks=cheapest)
    for ways in every:
        yield from (way.row(greetings) for way in ways)


def _in_turn(greeting: Load, ways: list[Measured], plan: Plan, rounds: Rounds) -> list[Sample]:
    """What hello came to meanwhile. Those under writes come last: they outdate what is kept."""
    for way in ways:
        way.attempt(way.warm, rounds.warming)
    near = list[Sample]()
    for under_writes in (False, True):
        some = [way for way in ways if isinstance(way, UnderWrites) == under_writes]
        for _cycle in range(rounds.cycles if some else 0):
            near.append(greeting.run(1))
            for way in some:
                way.attempt(way.measure, plan, rounds.seconds)
    return near


def _best(samples: list[Sample]) -> float:
    return max(one.rate for one in samples)


def _cheapest(samples: list[Sample]) -> float:
    return max(TICK, min(one.cpu for one in samples))


def _ways(page: Page, plan: Plan, app: Server, folder: Path) -> Iterator[Measured]:
    if page.visitor:
        load = Load(app, plan.requests(page, signed_in=False), folder)
        yield Measured(page, "visitor", load, page.visitor)
    if page.member:
        load = Load(app, plan.requests(page, signed_in=True), folder)
        yield Measured(page, "member", load, page.member)
        if page.written:
            yield UnderWrites(page, "member, 20 writes/s", load, page.member)
