"""What a backup says of itself, and the refusal of one that says it wrong."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

PRODUCT = "guildhall"
FORMAT = 1

MANIFEST = "manifest.json"
SEAL = "manifest.json.sha256"
DATABASE = "database.sqlite3"
SECRET = "secret_key"

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
DIGEST = re.compile(r"[0-9a-f]{64}")
MEMBER = re.compile(
    rf"{re.escape(DATABASE)}|{SECRET}|{re.escape(MANIFEST)}|{re.escape(SEAL)}"
    rf"|rows/{IDENTIFIER.pattern}\.copy"
    r"|attachments/([0-9a-f]{2})/\1[0-9a-f]{62}"
)
REVISION = re.compile(r"[0-9A-Za-z_]{1,32}")


class Unsound(Exception):
    """A backup that is not used, or a place it does not go: a sentence for each reason."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class File:
    size: int
    sha256: str


@dataclass(frozen=True)
class Rows:
    """How many rows a table has, and its columns in the order in which they are written."""

    count: int
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`missing` are files that rows named, but that were not on the disk or not as written."""

    database: str
    revision: str
    created_at: datetime
    tables: dict[str, Rows]
    sequences: dict[str, int]
    files: dict[str, File]
    missing: tuple[str, ...]

    @property
    def row_count(self) -> int:
        return sum(rows.count for rows in self.tables.values())

    @property
    def attachments(self) -> dict[str, File]:
        return {name: file for name, file in self.files.items() if name.startswith("attachments/")}

    def to_json(self) -> bytes:
        told = {"product": PRODUCT, "format": FORMAT} | asdict(self)
        told["created_at"] = self.created_at.isoformat()
        return json.dumps(told, indent=1).encode()


def parse(content: bytes) -> Manifest:
    """Read a manifest as if somebody hostile had written it."""
    try:
        told = json.loads(content, object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        raise Unsound(f"{MANIFEST}: cannot be read") from None
    if not isinstance(told, dict) or told.get("product") != PRODUCT:
        raise Unsound(f"{MANIFEST}: this is not a backup of Guildhall")
    if told.get("format") != FORMAT:
        raise Unsound(
            f"{MANIFEST}: its format is {told.get('format')!r:.20}, this version reads {FORMAT}"
        )
    try:
        return _manifest(told)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise Unsound(f"{MANIFEST}: does not say what a manifest says") from None


def rows_of(table: str) -> str:
    """The member that holds a table's rows."""
    return f"rows/{table}.copy"


def attachment(digest: str) -> str:
    return f"attachments/{digest[:2]}/{digest}"


def _manifest(told: dict[str, Any]) -> Manifest:
    if told["database"] not in ("sqlite", "postgresql"):
        raise ValueError
    return Manifest(
        database=told["database"],
        revision=_like(REVISION, told["revision"]),
        created_at=datetime.fromisoformat(told["created_at"]),
        tables={
            _like(IDENTIFIER, name): Rows(_count(rows["count"]), _identifiers(rows["columns"]))
            for name, rows in told["tables"].items()
        },
        sequences={
            _like(IDENTIFIER, name): _count(value) for name, value in told["sequences"].items()
        },
        files={
            _like(MEMBER, name): File(_count(file["size"]), _like(DIGEST, file["sha256"]))
            for name, file in told["files"].items()
        },
        missing=tuple(_like(MEMBER, name) for name in told["missing"]),
    )


def _identifiers(names: Iterable[Any]) -> tuple[str, ...]:
    return tuple(_like(IDENTIFIER, name) for name in names)


def _like(pattern: re.Pattern[str], value: Any) -> str:
    if not pattern.fullmatch(value):
        raise ValueError
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError
    return value


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError
    return told
