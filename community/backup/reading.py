"""Reading an archive that anybody may have written.

Nothing of `tarfile`'s extraction is used. A header must be, byte for byte, the one that we would
have written for its name and size, and names come from a short list of patterns: so there are no
links, devices, folders, sparse files, extensions or ways out of the folder to be thought of. As
nothing is compressed, what is in the archive can never be larger than the archive itself.
"""

import hashlib
import os
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from community.backup.manifest import MANIFEST, MEMBER, SEAL, Manifest, Unsound, parse
from community.backup.packing import AT_ONCE, BLOCK, END, header, padding, seal

LARGEST_MANIFEST = 128 * 1024 * 1024
MOST_MEMBERS = 1_000_000
KINDS = {
    tarfile.LNKTYPE: "a hard link",
    tarfile.SYMTYPE: "a symbolic link",
    tarfile.CHRTYPE: "a device",
    tarfile.BLKTYPE: "a device",
    tarfile.FIFOTYPE: "a pipe",
    tarfile.DIRTYPE: "a folder",
    tarfile.GNUTYPE_SPARSE: "a file with holes",
}


@dataclass(frozen=True)
class Place:
    offset: int
    size: int


class Archive:
    """A backup whose headers and manifest are sound; its members are checked as they are read."""

    def __init__(self, file: BinaryIO, places: dict[str, Place], manifest: Manifest) -> None:
        self.file = file
        self.places = places
        self.manifest = manifest

    def blocks(self, name: str) -> Iterator[bytes]:
        """The member's bytes; raise `Unsound` in the end if they are not those of the manifest."""
        digest = hashlib.sha256()
        for block in _blocks(self.file, self.places[name]):
            digest.update(block)
            yield block
        if digest.hexdigest() != self.manifest.files[name].sha256:
            raise Unsound(f"{name}: its sha256 is not that of the manifest")

    def extract(self, name: str, path: Path, *, mode: int = 0o640) -> None:
        """Write the member into a new file; the disk has it when this returns."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            for block in self.blocks(name):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Raise `Unsound` if a header, the manifest or the list of members is off."""
    with path.open("rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise Unsound(f"{path.name}: is not a file")
        places = _places(file, about.st_size)
        manifest = _manifest(file, places)
        faults = list(_differences(places, manifest))
        if faults:
            raise Unsound(*faults)
        yield Archive(file, places, manifest)


def _places(file: BinaryIO, length: int) -> dict[str, Place]:
    places: dict[str, Place] = {}
    while (head := file.read(BLOCK)) != bytes(BLOCK):
        if len(head) < BLOCK:
            raise Unsound(f"the archive is cut off after {_last(places)}")
        name, size = _member(head, after=_last(places))
        if name in places:
            raise Unsound(f"{name}: is there twice")
        if len(places) == MOST_MEMBERS:
            raise Unsound(f"the archive has more than {MOST_MEMBERS:,} members")
        places[name] = Place(file.tell(), size)
        if file.tell() + size + len(padding(size)) > length:
            raise Unsound(f"{name}: is cut off")
        file.seek(size, os.SEEK_CUR)
        if file.read(len(padding(size))) != padding(size):
            raise Unsound(f"{name}: something stands behind its end")
    if length - file.tell() != len(END) - BLOCK or any(file.read(BLOCK)):
        raise Unsound(f"something stands behind the end of the archive, after {_last(places)}")
    return places


def _member(head: bytes, *, after: str) -> tuple[str, int]:
    try:
        info = tarfile.TarInfo.frombuf(head, "utf-8", "strict")
    except (tarfile.HeaderError, ValueError):
        raise Unsound(f"the header after {after} is damaged: {_told(head[:100])}") from None
    name = _told(info.name)
    if info.type != tarfile.REGTYPE:
        raise Unsound(f"{name}: is {KINDS.get(info.type, 'something')}, not a plain file")
    if not MEMBER.fullmatch(info.name):
        raise Unsound(f"{name}: is not the name of anything in a backup")
    if info.size < 0 or header(info.name, info.size) != head:
        raise Unsound(f"{name}: its header is not as a backup writes it")
    return info.name, info.size


def _manifest(file: BinaryIO, places: dict[str, Place]) -> Manifest:
    for name in (MANIFEST, SEAL):
        if name not in places:
            raise Unsound(f"{name}: is missing")
        if places[name].size > LARGEST_MANIFEST:
            raise Unsound(f"{name}: is too large")
    content, sealed = (b"".join(_blocks(file, places[name])) for name in (MANIFEST, SEAL))
    if sealed != seal(hashlib.sha256(content).hexdigest()):
        raise Unsound(f"{MANIFEST}: its sha256 is not that of {SEAL}")
    return parse(content)


def _differences(places: dict[str, Place], manifest: Manifest) -> Iterator[str]:
    present = places.keys() - {MANIFEST, SEAL}
    for name in sorted(manifest.files.keys() - present):
        yield f"{name}: is missing"
    for name in sorted(present - manifest.files.keys()):
        yield f"{name}: is not in the manifest"
    for name in sorted(present & manifest.files.keys()):
        if places[name].size != manifest.files[name].size:
            yield f"{name}: its size is not that of the manifest"


def _blocks(file: BinaryIO, place: Place) -> Iterator[bytes]:
    file.seek(place.offset)
    left = place.size
    while left:
        block = file.read(min(left, AT_ONCE))
        if not block:
            raise Unsound("the archive became shorter while it was read")
        left -= len(block)
        yield block


def _last(places: dict[str, Place]) -> str:
    return next(reversed(places), "the beginning")


def _told(name: bytes | str) -> str:
    """A name that a stranger chose, safe to show on a terminal."""
    text = name.rstrip(b"\0").decode("latin-1") if isinstance(name, bytes) else name
    return ascii(text[:120])[1:-1]
