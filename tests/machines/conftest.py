"""Two machines, their database and what they count in, behind nginx."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import stamp

from community.application import create_app
from community.config import ROOT, Settings
from community.database import Base, db, session
from tests.conftest import FEATURES
from tests.machines.network import SITE, Machine, lacking, nginx
from tests.servers import postgresql, valkey
from tests.servers.valkey import free_port


@dataclass
class Site:
    machines: list[Machine]
    app: Flask
    port: int
    folder: Path


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    """Both serve when this begins. The application looks at their database from outside."""
    if reason := lacking():
        pytest.skip(reason)
    environ = os.environ | {"DATA_DIR": str(tmp_path / "shared"), "SECRET_KEY": "s" * 32 + "ecret"}
    environ |= {"BASE_URL": f"http://{SITE}", "TRUSTED_PROXIES": "1", "WEB_WORKERS": "1"}
    machines = [Machine(number, tmp_path, environ) for number in (1, 2)]
    try:
        for machine in machines:
            machine.plug_in()
        with (
            postgresql.cluster(listen=free_port()) as database,
            valkey.server(address="0.0.0.0") as counts,
        ):
            for machine in machines:
                machine.environ = environ | {
                    "DATABASE_URL": database.replace("127.0.0.1", machine.here),
                    "REDIS_URL": counts.replace("0.0.0.0", machine.here),
                }
            app = _look(environ | {"DATABASE_URL": database})
            for machine in machines:
                machine.start()
            port = free_port()
            with nginx(tmp_path, machines, port):
                yield Site(machines, app, port, tmp_path)
            with app.app_context():
                session.remove()
                db.engine.dispose()
            for machine in machines:
                machine.unplug()
    finally:
        for machine in machines:
            machine.unplug()


def _look(environ: dict[str, str]) -> Flask:
    app = create_app(Settings.from_environ(environ), FEATURES)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        stamp(directory=str(ROOT / "migrations"))
    return app
