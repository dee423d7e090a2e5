"""A small Discourse forum of our own, as a file."""

import gzip
import json
from itertools import count
from pathlib import Path
from typing import Any

from community.database import write_transaction
from community.foundation import lay_foundation
from community.importers.discourse.bringing_in import import_discourse
from community.importers.report import Report

PEOPLE = {"system": -1, "mira": 3, "Jo.Berg": 4, "tilda": 7}

_ids = count(1000)


def said(number: int, by: str | None, words: str | None, day: int = 1, **more: Any) -> dict:
    """A post; `by` None was deleted."""
    return {
        "id": next(_ids),
        "post_number": number,
        "post_type": 1,
        "username": by,
        "user_id": PEOPLE.get(by or ""),
        "created_at": f"2021-03-{day:02}T08:{number:02}:00.000Z",
        "raw": words,
        "likes": 0,
        "reply_to_post_number": None,
        "accepted_answer": False,
        "hidden": False,
        **more,
    }


def topic(number: int, title: str, *posts: Any, **more: Any) -> dict:
    return {
        "id": number,
        "title": title,
        "slug": title.lower().replace(" ", "-"),
        "category_id": 5,
        "views": 0,
        "closed": False,
        "visible": True,
        "posts": list(posts),
        **more,
    }


def bring_in(folder: Path, *lines: Any, packed: bool = False, **options: Any) -> Report:
    """A line that is text stands in the file as it is."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path = folder / "forum.jsonl"
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    with write_transaction():
        lay_foundation()
    return import_discourse(path, **{"name": "bees", **options})
