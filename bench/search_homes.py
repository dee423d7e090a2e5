"""Where the engines that are measured make their indexes, and what working there costs."""

import os
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from community.search.engine import Engine
from community.search.generations import ENGINES as IN_FILES
from community.search.postgresql_engine import Database, PostgreSQLEngine
from tests import servers
from tests.servers.postgresql import own_database

ENGINES: dict[str, type[Engine]] = {**IN_FILES, PostgreSQLEngine.name: PostgreSQLEngine}


@dataclass(frozen=True)
class Home:
    """An empty place for one index after the other."""

    home: Any

    def cpu_seconds(self) -> float:
        """Of this process, and of the server's that works for it."""
        if isinstance(self.home, Path):
            return time.process_time()
        with self.home.connection() as connection:
            waited = Path(f"/proc/{connection.info.backend_pid}/schedstat").read_text()
        return time.process_time() + int(waited.split()[0]) / 1e9

    def megabytes(self) -> float:
        if isinstance(self.home, Path):
            return sum(one.stat().st_size for one in self.home.rglob("*") if one.is_file()) / 1e6
        with self.home.connection() as connection:
            (size,) = connection.execute(
                "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
                "WHERE relkind = 'r' AND relname LIKE 'search\\_index\\_%'"
            ).fetchone() or (0,)
        return float(size) / 1e6


@contextmanager
def home_of(kind: type[Engine]) -> Iterator[Home]:
    if kind is not PostgreSQLEngine:
        with tempfile.TemporaryDirectory() as folder:
            yield Home(Path(folder) / "index")
        return
    cluster, name = os.environ[servers.POSTGRESQL], f"search_{uuid.uuid4().hex[:8]}"
    with own_database(name, beside=cluster) as address:
        url = make_url(address).set(drivername="postgresql+psycopg")
        database = Database(url.render_as_string(hide_password=False))
        yield Home(database)
        database.close()
