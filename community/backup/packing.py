"""Writing the archive: a plain tar whose every header says only a name and a size."""

import hashlib
import os
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from community.backup.manifest import MANIFEST, SEAL, File, Manifest

BLOCK = 512
END = bytes(2 * BLOCK)
AT_ONCE = 1024 * 1024


def header(name: str, size: int) -> bytes:
    """The one header that a member of this name and size can have."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


class Pack:
    """An archive being written. A member's size need not be known before it is written."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.files: dict[str, File] = {}

    def add(self, name: str, blocks: Iterable[bytes]) -> File:
        begin = self.file.tell()
        self.file.write(bytes(BLOCK))
        digest, size = hashlib.sha256(), 0
        for block in blocks:
            digest.update(block)
            size += self.file.write(block)
        self.file.write(padding(size))
        end = self.file.tell()
        self.file.seek(begin)
        self.file.write(header(name, size))
        self.file.seek(end)
        self.files[name] = File(size, digest.hexdigest())
        return self.files[name]

    def add_sound(self, name: str, path: Path, sha256: str) -> bool:
        """Add a file that has this hash; one that has another, or is gone, is left out."""
        begin = self.file.tell()
        try:
            with path.open("rb") as file:
                added = self.add(name, blocks_of(file))
        except FileNotFoundError:
            return False
        if added.sha256 == sha256:
            return True
        del self.files[name]
        self.file.seek(begin)
        self.file.truncate()
        return False

    def close(self, manifest: Manifest) -> None:
        """Write the manifest and its hash, and wait until the disk has everything."""
        sealed = self.add(MANIFEST, [manifest.to_json()])
        self.add(SEAL, [seal(sealed.sha256)])
        self.file.write(END)
        self.file.flush()
        os.fsync(self.file.fileno())


def seal(sha256: str) -> bytes:
    """As `sha256sum` writes it, so that it can be checked by hand."""
    return f"{sha256}  {MANIFEST}\n".encode()


def blocks_of(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(AT_ONCE):
        yield block


def sync_folder(folder: Path) -> None:
    """A name that was given or taken away is on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
