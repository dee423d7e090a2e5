"""What the worker sent: read from the files that stand for a mail server."""

import email
import re
from email.policy import default
from pathlib import Path

from community.config import settings
from community.worker import run_jobs


def letters(to: str) -> list[str]:
    """The texts of all mails to this address, oldest first, after the worker has run."""
    run_jobs()
    folder = settings().data_dir / "mail"
    return [_text(path) for path in sorted(folder.glob("*.eml")) if to in path.read_text()]


def empty_mailbox() -> None:
    for path in (settings().data_dir / "mail").glob("*.eml"):
        path.unlink()


def link_in(letter: str) -> str:
    """The path of the first link."""
    return re.search(r"https?://[^/\s]+(/\S+)", letter)[1]


def _text(path: Path) -> str:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    return message.get_body().get_content()
