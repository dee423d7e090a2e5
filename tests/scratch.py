"""A scratch installation with the demo community, served in this process."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import make_server

from community.config import settings
from community.database import Base, db
from community.worker import run_jobs
from wsgi import app


@contextmanager
def serving_the_demo() -> Iterator[str]:
    with app.app_context():
        Base.metadata.create_all(db.engine)
        app.test_cli_runner().invoke(args=["demo", "load"], catch_exceptions=False)
        run_jobs()
        port = settings().port
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
