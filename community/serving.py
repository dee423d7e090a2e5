"""gunicorn's settings that are code: `--config python:community.serving`."""

import gc
from typing import Any


def when_ready(_server: Any) -> None:
    """What was imported stays for good: it is shared by the workers that are now forked off.

    The collector goes through it no more, neither during requests nor when a worker ends.
    """
    gc.collect()
    gc.freeze()
