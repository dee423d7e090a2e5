"""Measuring: hello and the pages in turn, best against best, so that only ratios remain."""

import gzip
import re
import statistics
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from bench.load import Load, Request, Sample
from bench.pages import Page, Plan
from bench.servers import Server
from bench.table import Row
from bench.writing import steadily
from tests.sql import counting_sql

HTML_KB, CSS_KB, JS_KB, MOST_REQUESTS = 15, 15, 30, 8
STATEMENTS, METRICS_MS = 12, 100


@dataclass
class Measured:
    """One page as one kind of reader asks for it, and hello's samples beside it."""

    page: Page
    who: str
    load: Load
    budget: float
    samples: list[Sample] = field(default_factory=list)

    def row(self, hello: list[Sample]) -> Row:
        rate = max(one.rate for one in self.samples) / max(one.rate for one in hello)
        cpu = min(one.cpu for one in hello if one.cpu) / min(one.cpu for one in self.samples)
        best = max(one.rate for one in self.samples)
        name = f"{self.page.name}, {self.who}"
        said = f"{rate:.3f} · {cpu:.3f} CPU ({best:.0f}/s)"
        return Row(name, said, f"≥ {self.budget:.2f}", rate >= self.budget, rate, cpu)


def against_hello(
    hello: Server, app: Server, plan: Plan, folder: Path, *, cycles: int, seconds: int
) -> Iterator[Row]:
    """Round robin: a second of hello, then each way of asking for one page."""
    greeting, greetings = Load(hello, [Request("/")], folder), list[Sample]()
    every = [list(_ways(page, plan, app, folder)) for page in plan.pages]
    greeting.run(1)
    for ways in every:
        for way in ways:
            way.load.run(1)
    for _cycle in range(cycles):
        for ways in every:
            greetings.append(greeting.run(1))
            for way in ways:
                writes = way.who.endswith("writes/s")
                with steadily(app, plan) if writes else nullcontext():
                    way.samples.append(way.load.run(seconds))
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
            yield Measured(page, "signed in, 20 writes/s", load, page.signed_in)


def in_process(app: Flask, plan: Plan) -> Iterator[Row]:
    """What can be counted without a server: statements, and the weight of the topic page."""
    for page in plan.pages:
        for who, cookie in (("anonymous", ""), ("signed in", plan.people[0].cookie)):
            count = _statements(app, page.paths[0], cookie)
            name = f"SQL statements, {page.name.partition(',')[0]}, {who}"
            yield Row(name, str(count), f"≤ {STATEMENTS}", count <= STATEMENTS, count)
    yield from _weights(app, plan)
    yield _metrics_page(app, plan)


def _statements(app: Flask, path: str, cookie: str) -> int:
    _get(app, path, cookie)
    with app.app_context(), counting_sql() as statements:
        _get(app, path, cookie)
    return len(statements)


def _weights(app: Flask, plan: Plan) -> Iterator[Row]:
    html = _get(app, plan.pages[0].paths[0], plan.people[0].cookie)
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)', html)
    scripts = re.findall(r'<script[^>]* src="([^"]+)', html)
    for name, texts, budget in (
        ("HTML", [html], HTML_KB),
        ("CSS", [_get(app, url) for url in styles], CSS_KB),
        ("JS", [_get(app, url) for url in scripts], JS_KB),
    ):
        weight = sum(len(gzip.compress(text.encode(), 6)) for text in texts) / 1024
        name = f"weight of the topic page, {name}, gz"
        yield Row(name, f"{weight:.1f} kB", f"≤ {budget} kB", weight <= budget, weight)
    asked = 1 + len(styles) + len(scripts)
    name = "requests of the topic page, without pictures and imported modules"
    yield Row(name, str(asked), f"≤ {MOST_REQUESTS}", asked <= MOST_REQUESTS, asked)


def _metrics_page(app: Flask, plan: Plan) -> Row:
    times = []
    for _view in range(7):
        began = time.perf_counter()
        _get(app, "/metrics", plan.manager.cookie)
        times.append((time.perf_counter() - began) * 1000)
    took = statistics.median(times)
    name = "metrics overview, from this world's rollups"
    return Row(name, f"{took:.0f} ms", f"≤ {METRICS_MS} ms", took <= METRICS_MS, took)


def _get(app: Flask, path: str, cookie: str = "") -> str:
    host = app.config["SETTINGS"].base_url
    answer = app.test_client(use_cookies=False).get(
        path, base_url=host, headers={"Cookie": cookie} if cookie else {}, follow_redirects=True
    )
    assert answer.status_code == 200, (path, answer.status)
    return answer.get_data(as_text=True)
