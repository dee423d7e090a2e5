"""Measuring: hello and the pages in turn, best against best, so that only ratios remain."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.load import Load, Request, Sample
from bench.pages import Page, Plan
from bench.servers import Server
from bench.table import Row
from bench.writing import steadily

MOST_WARMING, ENOUGH = 6, 0.9
HOT, VISITS = 20, 8  # pages that few share are not visited before they are measured


@dataclass
class Measured:
    """One page as one kind of reader asks for it: its first second, and what it came to."""

    page: Page
    who: str
    load: Load
    budget: float
    first: Sample | None = None
    samples: list[Sample] = field(default_factory=list)

    def warm(self) -> None:
        """Until another second brings no more: all has been kept, and is known to be alike."""
        self.first = self.load.run(1)
        self.visit()
        best = self.load.run(1)
        for _round in range(MOST_WARMING):
            last, best = best, self.load.run(1)
            if best.cpu > ENOUGH * last.cpu:
                return

    def visit(self) -> None:
        """Have made what the round before outdated."""
        paths = len(self.page.paths)
        if paths <= HOT:
            self.load.visit(VISITS * (paths + 1))

    def measure(self, server: Server, plan: Plan, seconds: int) -> None:
        self.visit()
        self.samples.append(self.load.run(seconds))

    def row(self, hello: list[Sample]) -> Row:
        best = max(one.rate for one in self.samples)
        rate = best / max(one.rate for one in hello)
        cpu = min(one.cpu for one in hello if one.cpu) / min(one.cpu for one in self.samples)
        said = f"{rate:.3f} · {cpu:.3f} CPU ({', '.join([f'{best:.0f}/s', *self.remarks()])})"
        name = f"{self.page.name}, {self.who}"
        met = min(rate, cpu) >= self.budget
        return Row(name, said, f"≥ {self.budget:.2f}", met, rate, cpu)

    def remarks(self) -> list[str]:
        said = [f"first second {self.first.rate:.0f}/s"] if self.first else []
        refused = sum(one.refused for one in self.samples)
        return [*said, f"{refused} sent away"] if refused else said


class UnderWrites(Measured):
    """Warm already: it is measured after the same page without writes."""

    wrote: float = 0

    def warm(self) -> None:
        pass

    def measure(self, server: Server, plan: Plan, seconds: int) -> None:
        self.visit()
        with steadily(server, plan) as written:
            began = time.monotonic()
            self.samples.append(self.load.run_beside_others(seconds))
            self.wrote = max(self.wrote, len(written) / (time.monotonic() - began))
        server.rest()

    def remarks(self) -> list[str]:
        return [*super().remarks(), f"{self.wrote:.0f} writes/s seen"]


def against_hello(
    hello: Server, app: Server, plan: Plan, folder: Path, *, cycles: int, seconds: int
) -> Iterator[Row]:
    """Round robin: a second of hello, then each way of asking for one page."""
    greeting, greetings = Load(hello, [Request("/")], folder), list[Sample]()
    every = [list(_ways(page, plan, app, folder)) for page in plan.pages]
    greeting.run(1)
    for ways in every:
        for way in ways:
            way.warm()
    for _cycle in range(cycles):
        for ways in every:
            greetings.append(greeting.run(1))
            for way in ways:
                way.measure(app, plan, seconds)
    yield Row("hello", f"{max(one.rate for one in greetings):.0f}/s", "")
    for ways in every:
        yield from (way.row(greetings) for way in ways)


def _ways(page: Page, plan: Plan, app: Server, folder: Path) -> Iterator[Measured]:
    if page.anonymous:
        load = Load(app, plan.requests(page, signed_in=False), folder)
        yield Measured(page, "anonymous", load, page.anonymous)
    if page.signed_in:
        load = Load(app, plan.requests(page, signed_in=True), folder)
        yield Measured(page, "signed in", load, page.signed_in)
        if page.written:
            yield UnderWrites(page, "signed in, 20 writes/s", load, page.signed_in)
