"""Serve a scratch installation by hand: `DATA_DIR=/tmp/x PORT=8701 python -m tests.serve`.

The schema comes from the models, the tests' cast can sign in, the worker runs in a thread.
"""

import threading

from sqlalchemy import select
from werkzeug.serving import run_simple

from community.config import settings
from community.database import Base, db, session
from community.members.models import Member
from community.worker import stay_on_duty
from tests.world import PASSWORD, settle
from wsgi import app


def main() -> None:
    with app.app_context():
        Base.metadata.create_all(db.engine)
        if session.scalar(select(Member.id).limit(1)) is None:
            settle()
        port = settings().port
    threading.Thread(target=_work, daemon=True).start()
    print(
        f"http://127.0.0.1:{port}  sign in as ada, ben, cleo, eve, pam, mo, max or al: {PASSWORD}"
    )
    run_simple("127.0.0.1", port, app, threaded=True, use_reloader=False)


def _work() -> None:
    with app.app_context():
        stay_on_duty(until=lambda: False)


if __name__ == "__main__":
    main()
