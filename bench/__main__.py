"""`bin/bench`: build the world or take the kept one, serve it, measure, print the table."""

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import facts, inside, measure, profile, table, weight, writing
from bench.pages import Plan, plan
from bench.servers import Server, running
from bench.table import Row, at_most, whatever_comes
from bench.world import DATABASES, KEPT, STANDARD_POSTS, World, standing
from community.config import ROOT

MEMORY_MB, EIGHT_MS = 150, 50
REPLY_MS = {"sqlite": 4, "postgresql": 8}


def main() -> None:
    asked = _arguments()
    os.environ["WEB_WORKERS"] = str(asked.processes)
    with tempfile.TemporaryDirectory(prefix="guildhall-bench-") as name:
        folder = Path(name)
        if asked.facts:
            print(table.as_text(facts.measured(asked.facts, asked.database, folder, asked.worlds)))
            return
        with standing(asked.posts, asked.database, folder, kept=asked.worlds) as world:
            if asked.profile:
                print(profile.of_page(world, asked.profile))
                return
            rows = list(measured(asked, world, folder))
    print(f"{_heading(asked)}\n\n{table.as_text([*rows, *_beside_the_standard(asked, rows)])}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    add = parser.add_argument
    add("--database", choices=DATABASES, default="sqlite")
    add("--posts", type=int, default=STANDARD_POSTS, help=f"in the world ({STANDARD_POSTS})")
    add("--processes", type=int, default=2, help="that answer (2), of hello's and of ours")
    add("--cycles", type=int, default=3, help="rounds for each page (3)")
    add("--seconds", type=int, default=2, help="for each reader and round (2)")
    add("--warming", type=int, default=12, help="seconds at most for each page's reader (12)")
    add("--quick", action="store_true", help="one round of one second: to see that all works")
    add("--only", default="", help="pages whose name contains this")
    add("--profile", metavar="PAGE", help="where the time of one page goes, instead of the table")
    add("--facts", type=int, help="what the numbers take with so many facts, instead of the table")
    add("--worlds", type=Path, default=KEPT, help="the folder where worlds and tables are kept")
    asked = parser.parse_args()
    if asked.quick:
        asked.cycles, asked.seconds, asked.warming = 1, 1, 3
    return asked


def measured(asked: argparse.Namespace, world: World, folder: Path) -> Iterator[Row]:
    hello, served = Server("bench.hello:app"), Server("wsgi:app", **world.environ)
    with running(hello, served):
        chosen = plan(world.make_app(served.port), world.size, only=asked.only)
        rounds = measure.Rounds(asked.cycles, asked.seconds, asked.warming)
        yield from measure.against_hello(hello, served, chosen, folder, rounds)
        yield at_most("memory of a web process, reading", served.memory_mb(), MEMORY_MB, "MB")
        replies = _replies(served, chosen, REPLY_MS[asked.database])
        yield from whatever_comes("replies", replies)
        yield at_most("memory of a web process, at the end", served.memory_mb(), MEMORY_MB, "MB")
        yield from whatever_comes("weights", weight.weights(served, chosen))
        counted = inside.in_process(world, served.port, chosen)
        yield from whatever_comes("statements and metrics", counted)
    if not world.size.is_indexed:
        apart = "this world has no search index: `python -m bench.search_speed` measures it apart"
        yield Row("search, two words", "", "≥ 0.05", remarks=apart)


def _replies(served: Server, chosen: Plan, budget: int) -> Iterator[Row]:
    alone = writing.one_at_a_time(served, chosen)
    yield at_most("reply, end to end, durable: p50", alone.p50, budget, "ms", alone.remarks)
    eight = writing.at_once(served, chosen)
    yield at_most("replies, eight at once: p99", eight.p99, EIGHT_MS, "ms", eight.remarks)


def _heading(asked: argparse.Namespace) -> str:
    commit = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    known = subprocess.run(commit, capture_output=True, text=True).stdout.strip()
    processes = f"{asked.processes} process" + "es" * (asked.processes > 1)
    how = f"{asked.cycles} × {asked.seconds} s" + (f', only "{asked.only}"' if asked.only else "")
    at = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    return f"**{asked.database}, {asked.posts:,} posts, {processes}** ({how}; {at}; {known})"


def _beside_the_standard(asked: argparse.Namespace, rows: list[Row]) -> Iterator[Row]:
    """Whole tables are kept: a larger world is held against the standard one's."""
    name = f"{asked.database}-{{}}-{asked.processes}.json"
    kept = asked.worlds / "tables"
    if not asked.only and not asked.quick:
        table.keep(rows, kept / name.format(asked.posts))
    standard = kept / name.format(STANDARD_POSTS)
    if asked.posts != STANDARD_POSTS and standard.exists():
        yield from table.beside(rows, standard)


if __name__ == "__main__":
    main()
