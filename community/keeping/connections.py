"""Connections that only read, where each statement sees what is committed by then."""

from typing import Any

from psycopg.types.numeric import Int8Dumper
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from community.config import Settings
from community.database import engine_options
from community.sqlite import sqlite_driver

# The few statements that are asked here are asked over and over: planned once for any values.
PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan"
MOST_PREPARED = 500


def connection_of_its_own(settings: Settings) -> Connection:
    """It waits for the database no longer than all others do: everybody waits for this one."""
    options: dict[str, Any] = {"connect_args": engine_options(settings).get("connect_args", {})}
    if settings.uses_sqlite:
        options = {"module": sqlite_driver, "connect_args": {"check_same_thread": False}}
    engine = create_engine(settings.database_url, poolclass=StaticPool, **options)
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


def engine_for_reading(settings: Settings) -> Engine:
    """PostgreSQL's: without a transaction around each statement, and a word before it to hear
    whether the database is there. A connection that was lost costs one page its being kept.
    """
    options = engine_options(settings)
    args = options["connect_args"]
    args = {**args, "options": f"{args['options']} {PLANNED_ONCE}", "prepare_threshold": 0}
    engine = create_engine(
        settings.database_url,
        isolation_level="AUTOCOMMIT",
        pool_size=settings.web_threads,
        max_overflow=0,
        pool_timeout=options["pool_timeout"],
        pool_use_lifo=True,
        connect_args=args,
    )
    event.listen(engine, "connect", _prepare_once)
    return engine


def _prepare_once(driver: Any, _record: Any) -> None:
    """The driver gives each number the smallest type that holds it, and has the same words prepared
    and planned once more for each choice of types: two to the power of the numbers in them.
    """
    driver.adapters.register_dumper(int, Int8Dumper)
    driver.prepared_max = MOST_PREPARED
