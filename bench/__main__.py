"""`bin/bench`: build the world or take the kept one, serve it, measure, print the table."""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import inside, measure, table, writing
from bench.pages import Plan, plan
from bench.servers import Server, running
from bench.table import Row
from bench.world import DATABASES, World, standing

MEMORY_MB = 150
REPLY_MS = {"sqlite": 4, "postgresql": 8}


def main() -> None:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="guildhall-bench-") as name:
        folder = Path(name)
        with standing(asked.scale, folder, asked.database) as world:
            rows = list(measured(asked, world, folder))
    print(table.as_json(rows) if asked.json else table.as_text(rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="of the standard world (1)")
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--cycles", type=int, default=5, help="rounds over all pages (5)")
    parser.add_argument("--seconds", type=int, default=2, help="for each page and round (2)")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def measured(asked: argparse.Namespace, world: World, folder: Path) -> Iterator[Row]:
    hello, served = Server("bench.hello:app"), Server("wsgi:app", **world.environ)
    with running(hello, served):
        chosen = plan(world.make_app(served.port), only=asked.only)
        yield from measure.against_hello(
            hello, served, chosen, folder, cycles=asked.cycles, seconds=asked.seconds
        )
        yield from _replies(served, chosen, REPLY_MS[asked.database])
        memory = served.memory_mb()
        said = f"{memory:.0f} MB"
        yield Row("memory of a web process", said, f"≤ {MEMORY_MB} MB", memory <= MEMORY_MB, memory)
        yield from inside.in_process(world, served.port, chosen)


def _replies(served: Server, chosen: Plan, budget: int) -> Iterator[Row]:
    alone = writing.one_at_a_time(served, chosen)
    said = f"p50 {alone.p50:.1f} ms, p99 {alone.p99:.1f} ms"
    enough = alone.p50 <= budget
    yield Row("reply, end to end, durable", said, f"p50 ≤ {budget} ms", enough, alone.p50)
    eight = writing.at_once(served, chosen)
    said = f"p50 {eight.p50:.1f} ms, p99 {eight.p99:.1f} ms"
    yield Row("replies, eight at once", said, "p99 ≤ 50 ms", eight.p99 <= 50, eight.p99)


if __name__ == "__main__":
    main()
