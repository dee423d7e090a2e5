"""What is counted without a server, in a process of its own: statements, weights, metrics.

The process ends while its data folder is still there: what its pages noted is written at its end.
"""

import gzip
import multiprocessing
import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from flask import Flask

from bench.pages import Plan
from bench.table import Row
from bench.world import World
from tests.sql import counting_sql

HTML_KB, CSS_KB, JS_KB, MOST_REQUESTS = 15, 15, 30, 8
STATEMENTS, METRICS_MS = 12, 100


def in_process(world: World, port: int, plan: Plan) -> list[Row]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_rows, world, port, plan).result()


def _rows(world: World, port: int, plan: Plan) -> list[Row]:
    return list(_counted(world.make_app(port), plan))


def _counted(app: Flask, plan: Plan) -> Iterator[Row]:
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
