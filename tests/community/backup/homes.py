"""Installations to back up and to restore into, each in a folder and a database of its own."""

import hashlib
import io
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import stamp
from PIL import Image
from sqlalchemy import select

from community.application import create_app
from community.attachments.actions import attach, check_file, markdown_of
from community.backup.creating import create
from community.backup.progress import silent
from community.backup.restoring import restore
from community.config import Settings
from community.database import Base, db, session
from community.forum.actions import start_topic
from community.forum.subjects import topic_url
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.worker import run_jobs
from tests.conftest import FEATURES, new_database
from tests.world import settle


@dataclass(frozen=True)
class Home:
    folder: Path
    app: Flask

    def rows(self) -> dict[str, str]:
        """By table, a hash of its rows."""
        with self.app.app_context():
            found = {table.name: _hash_of_rows(table) for table in Base.metadata.sorted_tables}
            session.remove()
            return found

    def files(self) -> dict[str, str]:
        """What is attached, by name, with the hash of what is in it."""
        kept = [path for path in (self.folder / "attachments").rglob("*") if path.is_file()]
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}

    def create(self, target: Path, **options):
        with self.app.app_context():
            return create(target, progress=silent, **options)

    def restore(self, backup: Path):
        with self.app.app_context():
            return restore(backup, progress=silent)

    def get(self, path: str):
        with self.app.app_context():
            return FlaskClient(self.app).get(path)

    def leave(self) -> None:
        """Hold no connection: others use the database now, or nobody does any more."""
        with self.app.app_context():
            session.remove()
            db.engine.dispose()
            self.app.extensions["front"].forget()


def empty_home(folder: Path, database: str) -> Home:
    folder.mkdir(parents=True, exist_ok=True)
    url = new_database() if database == "postgresql" else ""
    settings = Settings.from_environ({"DATA_DIR": str(folder), "DATABASE_URL": url})
    app = create_app(replace(settings, testing=True), FEATURES)
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=True)
    return Home(folder, app)


def lived_in_home(folder: Path, database: str) -> tuple[Home, str]:
    """A home with people, a topic with a picture and a file; and the topic's address."""
    home = empty_home(folder, database)
    with home.app.app_context():
        Base.metadata.create_all(db.engine)
        stamp()
    with home.app.test_request_context():
        cast = settle()
        ada = cast.viewer("ada")
        picture = attach(check_file("walnuts.png", png("peru")), by=ada)
        notes = attach(check_file("notes.txt", b"A walnut a day.\n" * 500), by=ada)
        words = prepare(f"Where are they?\n\n{markdown_of(picture)}\n\n{markdown_of(notes)}")
        topic = start_topic(find_space("help", ada), "Walnuts \\N and\ttabs", words, by=ada)
        for number in range(20):
            write_post(topic.thread, prepare(f"In the cupboard, shelf {number}."), by=ada)
        run_jobs()
        address = topic_url(topic)
        session.remove()
    home.leave()
    return home, address


def png(colour: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(written, "PNG")
    return written.getvalue()


def _hash_of_rows(table) -> str:
    found = session.execute(select(table).order_by(*table.primary_key.columns)).all()
    return hashlib.sha256(repr([tuple(row) for row in found]).encode()).hexdigest()
