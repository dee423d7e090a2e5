"""Chromium, started so that it asks nobody but the page for anything."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@cache
def found() -> str | None:
    """The path of the installed browser; tests that need one are skipped without it."""
    return shutil.which("chromium") if _driver_starts() else None


def _driver_starts() -> bool:
    """Playwright's driver wants a library that a bare Debian lacks."""
    node, _ = compute_driver_executable()
    return subprocess.run([node, "--version"], capture_output=True).returncode == 0


_open: list[Browser] = []


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; inside another one the same, because a process can run only one driver."""
    if _open:
        yield _open[0]
        return
    # Its sandbox does not start for root, and the pages shown are our own.
    flags = FLAGS + (["--no-sandbox"] if os.getuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=flags)
        _open.append(browser)
        try:
            yield browser
        finally:
            _open.remove(browser)
            browser.close()


if __name__ == "__main__":
    sys.exit(not found())
