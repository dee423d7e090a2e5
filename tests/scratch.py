"""The demo community on a scratch installation, served by a process of its own.

`with served() as address:` starts it, and takes everything away again. Its settings come from the
environment before `wsgi` is imported, which is why it cannot live in the process that looks at it.
"""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

READY = "serving "


@contextmanager
def served() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATA_DIR": folder, "PORT": str(_free_port())}
        for name in ("DATABASE_URL", "REDIS_URL", "BASE_URL", "MAIL_URL"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "tests.scratch"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            yield _address(process)
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def _address(process: subprocess.Popen) -> str:
    for line in process.stdout:
        if line.startswith(READY):
            return line.removeprefix(READY).strip()
    raise RuntimeError(f"the scratch installation did not start: {process.wait()}")


def main() -> None:
    import logging

    from werkzeug.serving import make_server

    from community.config import settings
    from community.database import Base, db
    from community.worker import run_jobs
    from wsgi import app

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        for command in (["demo", "load"], ["search", "reindex"], ["metrics", "rebuild"]):
            run_jobs()
            app.test_cli_runner().invoke(args=command, catch_exceptions=False)
        port = settings().port
    server = make_server("127.0.0.1", port, app, threaded=True)
    print(f"{READY}http://127.0.0.1:{port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
