"""Who goes away in the middle of sending a file leaves nothing behind, and holds nobody up."""

import os
import socket
import struct
import time
from pathlib import Path

from sqlalchemy import func, select

from community.attachments.models import Attachment
from community.database import session
from community.threads.models import Post
from tests.crash.installation import Installation
from tests.crash.settling import Person, settle_writers

SIZE = 3 * 1024 * 1024
SENT = 0.4
MANY = 6


def test_a_file_whose_sender_goes_away_leaves_no_row_and_no_file(install):
    installation, app = install()
    temporary = installation.folder / "temporary"
    temporary.mkdir()
    installation.environ["TMPDIR"] = str(temporary)
    (person, *_rest), places = settle_writers(app, members=1)
    with app.app_context():
        before = rows()
    installation.start()
    for address in ("/attachments", f"/threads/{places.threads[0]}/posts"):
        for number in range(MANY):
            send(installation, address, person, SENT, resets=number % 2 == 0)
    assert installation.answers()
    assert wait_until_forgotten(installation, temporary) == []
    with app.app_context():
        assert rows() == before
        answer = send(installation, address, person, 1.0)
        assert answer.startswith(b"HTTP/1.1 303"), "all of the same is taken"
        assert rows() == (before[0] + 1, before[1] + 1)
    assert not installation.faults()


def rows() -> tuple[int, int]:
    counts = [session.scalar(select(func.count()).select_from(one)) for one in (Attachment, Post)]
    session.rollback()
    return counts[0] or 0, counts[1] or 0


def send(
    installation: Installation, address: str, person: Person, part: float, *, resets: bool = False
) -> bytes:
    """Send so much of the form, and hang up; the answer, if all was sent."""
    body = form(person)
    lines = [f"POST {address} HTTP/1.1", f"Host: 127.0.0.1:{installation.port}"]
    lines += [f"Cookie: {person.cookie}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += ["Content-Type: multipart/form-data; boundary=between", "", ""]
    with socket.create_connection(("127.0.0.1", installation.port)) as connection:
        connection.sendall("\r\n".join(lines).encode() + body[: int(part * len(body))])
        if resets:
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        return connection.recv(1 << 16) if part == 1 else b""


def form(person: Person) -> bytes:
    fields = {"csrf_token": person.csrf_token, "text": "With a file.", "submission": "s" * 32}
    parts = [f'--between\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in fields.items()]  # fmt: skip
    for name in ("file", "attachments"):
        parts.append(
            f'--between\r\nContent-Disposition: form-data; name="{name}"; filename="a.txt"\r\n'
            "Content-Type: text/plain\r\n\r\n" + "x" * SIZE + "\r\n"
        )
    return ("".join(parts) + "--between--\r\n").encode()


def wait_until_forgotten(installation: Installation, temporary: Path) -> list[str]:
    """What is left on the disk once the server has noticed, or still after ten seconds."""
    until = time.monotonic() + 10
    while (left := what_is_left(installation, temporary)) and time.monotonic() < until:
        time.sleep(0.05)
    return left


def what_is_left(installation: Installation, temporary: Path) -> list[str]:
    """Files, and those without a name that a process still holds."""
    found = [str(one) for one in (installation.folder / "attachments").rglob("*") if one.is_file()]
    found += [str(one) for one in temporary.iterdir() if one.is_file()]
    for pid in installation.processes("server"):
        for handle in Path(f"/proc/{pid}/fd").glob("*"):
            target = os.readlink(handle) if handle.is_symlink() else ""
            if target.startswith(str(temporary)) and os.stat(handle).st_size:
                found.append(target)
    return found
