"""A house with fewer packages: `python -m tests.architecture.fewer FOLDER community ideas`.

Opens a page of each place as a visitor and as an administrator, and prints how each answered and
which packages were loaded. A process of its own: a package that was imported has registered itself.
"""

import importlib
import json
import sys
from dataclasses import replace
from pathlib import Path

from flask import Flask

from community.application import create_app
from community.blog.actions import prepare_article, publish_article, write_article
from community.blog.subjects import article_url
from community.config import Settings
from community.database import Base, db, session
from community.forum.actions import start_topic
from community.forum.subjects import topic_url
from community.search.indexing import rebuild_index
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.wiki.actions import create_page
from community.worker import run_jobs
from tests.world import PASSWORD, settle

OPEN = (
    "/", "/latest", "/top", "/unanswered", "/c/help", "/wiki", "/wiki/handbook",
    "/wiki/handbook/start",
    "/blogs", "/blogs/stories", "/tags", "/search?q=walnuts", "/feeds/forum/latest.atom",
    "/api/v1/openapi.json",
)  # fmt: skip
SIGNED_IN = (
    "/unread", "/people", "/people/ada", "/groups", "/notifications", "/settings", "/drafts",
    "/mentions", "/topics/new?space=help", "/admin/members", "/admin/spaces", "/admin/audit",
    "/moderation",
)  # fmt: skip


def main(folder: Path, packages: list[str]) -> None:
    app = create_app(
        replace(Settings.from_environ({"DATA_DIR": str(folder)}), testing=True),
        [name for one in packages for name in importlib.import_module(f"{one}.features").FEATURES],
    )
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context():
        Base.metadata.create_all(db.engine)
        own = _write_something()
        run_jobs()
        rebuild_index()
        session.remove()
    loaded = [name for name in ("community", "ideas", "metrics") if name in sys.modules]
    print(json.dumps({"statuses": _statuses(app, own), "packages": loaded}))


def _write_something() -> list[str]:
    """A topic, a page and an article; the addresses that are not known beforehand."""
    cast = settle()
    ada, eve = cast.viewer("ada"), cast.viewer("eve")
    words = prepare("Where are the walnuts?")
    topic = start_topic(find_space("help", ada), "Walnuts", words, by=ada)
    create_page(find_space("handbook", ada), "start", "Start", words, by=ada)
    stories = find_space("stories", eve)
    article = write_article(stories, "A story of walnuts", prepare_article("Long ago."), by=eve)
    publish_article(article, by=eve)
    return [topic_url(topic), article_url(article)]


def _statuses(app: Flask, own: list[str]) -> dict[str, int]:
    client = app.test_client()
    visited = {path: client.get(path).status_code for path in (*OPEN, *own)}
    client.post("/sign-in", data={"address": "al@example.org", "password": PASSWORD})
    return visited | {path: client.get(path).status_code for path in (*SIGNED_IN, "/", *own)}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
