"""How far it is, on one line of the terminal."""

import sys
import time
from collections.abc import Callable

import click

Progress = Callable[[str, int, int], None]

EVERY_SECONDS = 0.2


def silent(_what: str, _done: int, _whole: int) -> None:
    """Where nobody watches."""


class OnTerminal:
    """Say what is done of the whole, a few times a second; to a file or a pipe, nothing."""

    def __init__(self) -> None:
        self.watched = sys.stderr.isatty()
        self.told_at = 0.0

    def __call__(self, what: str, done: int, whole: int) -> None:
        now = time.monotonic()
        if not self.watched or (done < whole and now - self.told_at < EVERY_SECONDS):
            return
        self.told_at = now
        ending = "\n" if done >= whole else ""
        click.echo(f"\r{what}: {done:,} of {whole:,}        {ending}", nl=False, err=True)
