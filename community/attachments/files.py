"""Files on the disk, named by what is in them, so that nothing is kept twice."""

import hashlib
import os
import re
import unicodedata
from pathlib import Path

from community.config import settings
from community.identifiers import new_public_id

NAME_LENGTH = 120
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def keep(content: bytes) -> str:
    """Write the bytes and return their digest; the disk has them when this returns."""
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{new_public_id()}.part")  # on whatever machine
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    return digest


def path_of(digest: str) -> Path:
    return settings().data_dir / "attachments" / digest[:2] / digest


def clean_name(name: str, extension: str | None = None) -> str:
    """A name that is safe to show and to save under: no paths, controls, bidi marks or devices."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    stem, dot, end = name.strip(" .").rpartition(".")
    if not dot:
        stem, end = end, ""
    stem = re.sub(r"[^\w\- ()+]", "_", stem).strip() or "file"
    if RESERVED.match(stem):
        stem = f"{stem}_"
    end = extension or re.sub(r"[^A-Za-z0-9]", "", end)[:10].lower()
    return f"{stem[: NAME_LENGTH - 12]}.{end}" if end else stem[: NAME_LENGTH - 12]
