"""`guildhall`: prepares the database, then runs the web server and the worker as one."""

import argparse
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from community.config import ROOT, Settings

SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD}
PR_SET_PDEATHSIG = 1
# By itself, or by our signal before it had begun to listen for it: it was at nothing yet.
ENDED_WELL = 0, -signal.SIGTERM


def main(argv: Sequence[str] | None = None) -> int:
    asked = _arguments().parse_args(argv)
    os.umask(0o027)  # what members write is nobody else's on this machine
    settings = Settings.from_environ()
    prepared = subprocess.run(_prepare(demo=asked.demo), cwd=ROOT)
    if prepared.returncode:
        return prepared.returncode
    serve = _debug_server(settings) if asked.debug else web_server("wsgi:app", settings.port)
    parts = {"web": serve, "worker": _flask("worker")}
    return run_together([parts[asked.only]] if asked.only else list(parts.values()))


def run_together(commands: Sequence[Sequence[str]]) -> int:
    """Run until told to stop or until one of them ends; 0 if told, and all ended well.

    A first SIGTERM or SIGINT lets each finish what it is at; a second one does not wait.
    """
    # Waited for, not handled: no signal can fall between starting a child and noting it.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    children = [start(command) for command in commands]
    told = False
    while not told and all(child.poll() is None for child in children):
        told = signal.sigwait(SIGNALS) != signal.SIGCHLD
    _stop(children)
    ended_well = all(child.returncode in ENDED_WELL for child in children)
    return 0 if told and ended_well else 1


def start(command: Sequence[str], **options) -> subprocess.Popen:
    """A child with a process group of its own: Ctrl-C reaches us, and only through us the child."""
    return subprocess.Popen(
        command, **{"cwd": ROOT, "process_group": 0, "preexec_fn": end_with_parent} | options
    )


def end_with_parent() -> None:
    """Called in a new child: it is told to stop even when the parent is killed outright."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(children: Sequence[subprocess.Popen]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    while any(child.poll() is None for child in children):
        if signal.sigwait(SIGNALS) != signal.SIGCHLD:
            for child in children:
                child.kill()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guildhall", description=__doc__)
    parser.add_argument(
        "--demo", action="store_true", help="fill an empty default database with a made-up one"
    )
    parser.add_argument(
        "--only", choices=("web", "worker"), help="one of the two, where several machines share"
    )
    parser.add_argument("--debug", action="store_true", help="reload changed code, show errors")
    return parser


def _prepare(*, demo: bool) -> list[str]:
    # A process of its own: what it imports would otherwise stay in memory as long as we serve.
    return [sys.executable, "-m", "community.preparation", *(["--demo"] if demo else [])]


def web_server(module: str, port: int) -> list[str]:
    host = os.environ.get("HOST") or "127.0.0.1"
    command = [sys.executable, "-m", "gunicorn", module, "--bind", f"{host}:{port}"]
    command += ["--workers", os.environ.get("WEB_WORKERS") or "2", "--log-level", "warning"]
    # Imported once, then forked: half the time to start, and memory shared.
    # Several servers of one user would quarrel over the control socket.
    command += ["--preload", "--no-control-socket"]
    return [*command, "--config", "python:community.serving"]


def _debug_server(settings: Settings) -> list[str]:
    return _flask("run", "--debug", "--port", str(settings.port))


def _flask(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]


if __name__ == "__main__":
    sys.exit(main())
