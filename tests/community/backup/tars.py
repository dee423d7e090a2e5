"""Backups taken apart and put together again, honestly or not."""

import hashlib
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from community.backup.manifest import MANIFEST, SEAL
from community.backup.packing import END, header, padding, seal

Members = dict[str, bytes]


def taken_apart(backup: Path) -> Members:
    with tarfile.open(backup) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar.getmembers()}


def put_together(members: Members, path: Path) -> Path:
    """As a backup is written, whatever is in it."""
    with path.open("wb") as file:
        for name, content in members.items():
            file.write(header(name, len(content)) + content + padding(len(content)))
        file.write(END)
    return path


def resealed(members: Members, change: Callable[[dict[str, Any]], None] = lambda told: None):
    """With a manifest that has been changed, yet agrees with what is in the archive."""
    told = json.loads(members[MANIFEST])
    held = {name: content for name, content in members.items() if name not in (MANIFEST, SEAL)}
    told["files"] = {name: _file(content) for name, content in held.items()}
    change(told)
    return sealed(held | {MANIFEST: json.dumps(told).encode()})


def sealed(members: Members) -> Members:
    return members | {SEAL: seal(hashlib.sha256(members[MANIFEST]).hexdigest())}


def flipped(backup: Path, bit: int, path: Path) -> Path:
    shutil.copyfile(backup, path)
    with path.open("r+b") as file:
        file.seek(bit // 8)
        [byte] = file.read(1)
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))
    return path


def names_at(backup: Path, offset: int) -> tuple[str, str]:
    """How the member that the byte belongs to can be named: itself, or as what follows another.

    Its header and what fills its last block belong to it; its name may be what is damaged.
    """
    with tarfile.open(backup) as tar:
        names = [info.name for info in tar.getmembers() if info.offset <= offset]
    return names[-1], f"after {names[-2] if names[1:] else 'the beginning'}"


def _file(content: bytes) -> dict[str, Any]:
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
