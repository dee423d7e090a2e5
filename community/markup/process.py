"""The parent's side: one child per process, shared by its threads, replaced when it is lost."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

from community.markup.wire import receive, send

PATIENCE = 3.0
START_PATIENCE = 60.0
QUEUE_PATIENCE = 10.0
_ROOT = Path(__file__).resolve().parents[2]


class Child:
    """A running child and the line to it."""

    def __init__(self):
        self.line, theirs = socket.socketpair()
        with theirs:
            # It needs neither our secrets nor our standard output.
            self.process = subprocess.Popen(
                [sys.executable, "-m", "community.markup.child"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={"PYTHONPATH": str(_ROOT), "PATH": os.environ.get("PATH", "")},
            )
        self.line.settimeout(START_PATIENCE)
        try:
            self.ask({"kind": "html", "text": ""})
        except OSError:
            self.stop()
            raise
        self.line.settimeout(PATIENCE)

    def ask(self, request: dict) -> dict:
        """Its answer; raises TimeoutError or ConnectionError."""
        send(self.line, request)
        answer = receive(self.line)
        if answer is None:
            raise ConnectionError("the renderer is gone")
        return answer

    def stop(self) -> None:
        """End it at once, whatever it is doing."""
        self.line.close()
        self.process.kill()
        self.process.wait()

    def forget(self) -> None:
        """Let go of a child that belongs to the process we were forked from."""
        self.line.close()
        self.process.returncode = 0


class Renderer:
    """The one child of this process, started when first needed."""

    def __init__(self):
        self._lock = threading.Lock()
        self._child: Child | None = None

    def ask(self, request: dict) -> dict:
        """The child's answer.

        A child found dead is replaced and asked again; one that hangs is not given the text twice.
        """
        if not self._lock.acquire(timeout=QUEUE_PATIENCE):
            return {"failed": "busy"}
        try:
            return self._try(request) or self._try(request) or {"failed": "crash"}
        except TimeoutError:
            self.stop()
            return {"failed": "time"}
        finally:
            self._lock.release()

    def _try(self, request: dict) -> dict | None:
        try:
            self._child = self._child or Child()
            return self._child.ask(request)
        except TimeoutError:
            raise
        except OSError:
            self.stop()
            return None

    def stop(self) -> None:
        """End the child; the next request starts another."""
        if self._child:
            self._child.stop()
        self._child = None

    def after_fork(self) -> None:
        """A forked process has a lock in an unknown state and a child that is not its own."""
        self._lock = threading.Lock()
        if self._child:
            self._child.forget()
        self._child = None

    @property
    def pid(self) -> int | None:
        """The running child's process id."""
        return self._child.process.pid if self._child else None


renderer = Renderer()
os.register_at_fork(after_in_child=renderer.after_fork)
