"""How connections are spread evenly over the processes that serve.

All wait at one listener, and whoever is quicker takes what comes: in a rush that can be one of
them, which then works alone while the others look on, for as long as the connections are kept open.
So each says how many it has, and who has more than another waits a moment before it takes one more.
"""

import mmap
import struct
import time
from typing import Any

MOST_WORKERS = 256
MORE_THAN_ANOTHER = 2
A_MOMENT_SECONDS = 0.001

COUNT = struct.Struct("i")
# One more than its connections, by worker; 0 where there is none. Made before they are forked off.
_counts = mmap.mmap(-1, MOST_WORKERS * COUNT.size)


def tell(worker: Any) -> None:
    """Say how many connections this worker looks after, and that it takes more."""
    _put(worker, worker.nr_conns + 1)


def leave(worker: Any) -> None:
    """Say that it takes no more, would turn it away, or is gone."""
    _put(worker, 0)


def give_way(worker: Any) -> None:
    """Wait a moment if another has fewer: it may take the next connection, or nobody does meanwhile
    and this worker takes it after all.
    """
    others = [count for (count,) in COUNT.iter_unpack(_counts) if count]
    if others and worker.nr_conns + 1 > min(others) + MORE_THAN_ANOTHER:
        time.sleep(A_MOMENT_SECONDS)


def _put(worker: Any, count: int) -> None:
    COUNT.pack_into(_counts, worker.age % MOST_WORKERS * COUNT.size, count)
