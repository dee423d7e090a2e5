"""Settings, read once from the environment."""

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import current_app

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(SystemExit):
    """A setting that cannot be worked with; its text names the setting and what to do."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What one installation chooses. `suppress_below` and `rate_from` are the metrics' gates.

    Each process reads `web_threads` pages at once and takes as many writes.
    A statement may take `statement_seconds` on PostgreSQL, as long as it likes if 0.
    Nobody can join with an address of one of the `refused_domains` (disposable ones, say).
    So many `trusted_proxies` add to X-Forwarded-For; without them, anybody may have written it.
    Of the backups that upgrades make, the last `backups_kept` stay; with 0 none is made.
    """

    data_dir: Path
    database_url: str
    redis_url: str | None
    secret_key: str
    base_url: str
    port: int
    mail_url: str | None
    timezone: str
    community_name: str = "Guildhall"
    trusted_proxies: int = 0
    testing: bool = False
    refused_domains: frozenset[str] = frozenset()
    statement_seconds: int = 0
    web_threads: int = 2
    suppress_below: int = 5
    rate_from: int = 20
    backups_kept: int = 3

    @property
    def production(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def uses_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Raise `BadSetting` for a value that the product cannot run with."""
        data_dir = Path(environ.get("DATA_DIR") or ROOT / "var").resolve()
        data_dir.mkdir(parents=True, exist_ok=True)
        port = _whole_number(environ, "PORT", 8000)
        base_url = (environ.get("BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/")
        return cls(
            data_dir=data_dir,
            database_url=_database_url(environ.get("DATABASE_URL"), data_dir),
            redis_url=environ.get("REDIS_URL") or None,
            secret_key=_secret_key(environ.get("SECRET_KEY"), data_dir, base_url),
            base_url=base_url,
            port=port,
            mail_url=environ.get("MAIL_URL") or None,
            timezone=_timezone(environ.get("TIMEZONE") or "UTC"),
            community_name=environ.get("COMMUNITY_NAME") or "Guildhall",
            trusted_proxies=_whole_number(environ, "TRUSTED_PROXIES", 0),
            refused_domains=frozenset(
                (environ.get("REFUSED_MAIL_DOMAINS") or "").casefold().replace(",", " ").split()
            ),
            web_threads=_whole_number(environ, "WEB_THREADS", 2),
            statement_seconds=_whole_number(environ, "STATEMENT_SECONDS", 0),
            suppress_below=_whole_number(environ, "METRICS_SUPPRESS_BELOW", 5),
            rate_from=_whole_number(environ, "METRICS_RATE_FROM", 20),
            backups_kept=_whole_number(environ, "BACKUPS_KEPT", 3),
        )


def settings() -> Settings:
    """The settings of the current application."""
    return current_app.config["SETTINGS"]


def _database_url(given: str | None, data_dir: Path) -> str:
    if not given:
        return f"sqlite+pysqlite:///{data_dir / 'guildhall.sqlite3'}"
    return postgresql_url(given) or given


def postgresql_url(given: str) -> str | None:
    """The address with the driver we use, or `None` if it is not one of PostgreSQL's."""
    for plain in ("postgresql://", "postgres://", "postgresql+psycopg://"):
        if given.startswith(plain):
            return "postgresql+psycopg://" + given.removeprefix(plain)
    return None


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(environ.get(name) or default)
    except ValueError:
        raise BadSetting(f"{name} must be a whole number, not {environ[name]!r}.") from None


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadSetting(
            f"TIMEZONE {name!r} is not a time zone; write it like Europe/Berlin."
        ) from None
    return name


def _secret_key(given: str | None, data_dir: Path, base_url: str) -> str:
    key = given or _generated_key(data_dir / "secret_key")
    if base_url.startswith("https://") and (len(key) < 32 or len(set(key)) < 10):
        raise BadSetting(
            "SECRET_KEY is too weak for production: at least 32 characters, at random "
            "(python3 -c 'import secrets; print(secrets.token_urlsafe(48))')."
        )
    return key


def _generated_key(path: Path) -> str:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
