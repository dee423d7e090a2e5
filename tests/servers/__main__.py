import os
import signal
import subprocess
import sys
from contextlib import ExitStack

from tests import servers
from tests.servers import postgresql, valkey


def main(command: list[str]) -> int:
    with ExitStack() as running:
        addresses = {servers.REDIS: running.enter_context(valkey.server())}
        if postgresql.found():
            addresses[servers.POSTGRESQL] = running.enter_context(postgresql.cluster())
        return _run(command, os.environ | addresses)


def _run(command: list[str], environ: dict[str, str]) -> int:
    """Stay until the command has ended, so that it never outlives its servers or they it."""
    child = subprocess.Popen(command, env=environ)
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C reaches the command by itself
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    return child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
