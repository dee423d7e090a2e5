"""Mail: queued with what it is about, sent by the worker, to files unless a server is set.

A repeated job sends the same Message-ID, so that a receiver sees one mail.
"""

import hashlib
import os
import re
import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from urllib.parse import unquote, urlsplit

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from community import clock
from community.config import settings
from community.database import Base, session, write_transaction
from community.jobs import job

# Folded, an address in a header becomes an encoded word, which no mail program follows.
LONG_HEADERS = SMTP.clone(max_line_length=998)


class Outgoing(Base):
    """A mail that waits to be sent; the row goes with the sending."""

    __tablename__ = "outgoing_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    to: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(80), default="")
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(String(300_000))
    html: Mapped[str | None] = mapped_column(String(600_000))
    headers: Mapped[dict[str, str]] = mapped_column(JSON)


def send(
    *,
    to: str,
    key: str,
    subject: str,
    text: str,
    html: str | None = None,
    name: str = "",
    headers: Mapping[str, str] | None = None,
) -> None:
    """Queue one mail to one address in the current transaction. `key` names it: it is sent once."""
    mail = Outgoing(
        key=key,
        to=to,
        name=one_line(name),
        subject=one_line(subject)[:300],
        text=text,
        html=html,
        headers={name: one_line(value) for name, value in (headers or {}).items()},
    )
    session.add(mail)
    session.flush()
    send_outgoing.later(mail.id, key=f"mail:{key}"[:200])


def one_line(value: str) -> str:
    """Without line breaks and control characters, which would forge headers."""
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", value).strip()


@job("mail.send")
def send_outgoing(mail_id: int) -> None:
    """Hand over one mail; the row is deleted only when the server or the disk has it."""
    mail = session.get(Outgoing, mail_id)
    if mail is None:
        return
    message = _message(mail)
    key = mail.key
    session.rollback()
    url = settings().mail_url
    if url:
        _send_by_smtp(url, message)
    else:
        _write_file(key, message)
    with write_transaction():
        found = session.get(Outgoing, mail_id)
        if found:
            session.delete(found)


def _message(mail: Outgoing) -> EmailMessage:
    host = urlsplit(settings().base_url).hostname or "localhost"
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((settings().community_name, f"community@{host}"))
    message["To"] = formataddr((mail.name, mail.to))
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    digest = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    message.policy = LONG_HEADERS
    return message


def _send_by_smtp(url: str, message: EmailMessage) -> None:
    """`smtp://user:password@host:587?starttls=1`, or `smtps://` for TLS from the first byte."""
    parts = urlsplit(url)
    host, tls = parts.hostname or "localhost", parts.scheme == "smtps"
    if tls:
        server = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=20, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=20)
    with server:
        if not tls and "starttls=1" in parts.query:
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _write_file(key: str, message: EmailMessage) -> None:
    folder = settings().data_dir / "mail"
    folder.mkdir(exist_ok=True)
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", key)[:120]
    path = folder / f"{clock.now():%Y%m%dT%H%M%S}-{name}.eml"
    partial = path.with_suffix(".part")
    partial.write_bytes(message.as_bytes())
    os.replace(partial, path)
