"""A Discourse forum as the judge reads it: straight from its file."""

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from tests.metrics.judges.verdicts import CUSTOMER, STAFF, Said, World

NOBODY = "the system"


def topics(path: Path, most: int | None = None) -> Iterator[dict]:
    with gzip.open(path) as file:
        for line in islice(file, most):
            yield json.loads(line)


def user_ids(path: Path) -> set[str]:
    return {str(post["user_id"]) for topic in topics(path) for post in topic["posts"]}


def person(post: dict) -> str:
    """Posts of another type than 1, and ids below zero, are the system's: nobody's."""
    return NOBODY if post["post_type"] != 1 or post["user_id"] < 0 else str(post["user_id"])


def read(path: Path, staff: set[str], most: int | None = None) -> World:
    """Who is not on the staff list is a customer."""
    world = World({})
    place = 0
    for topic in topics(path, most):
        by_number = {post["post_number"]: post for post in topic["posts"]}
        for post in topic["posts"]:
            place += 1
            at = datetime.fromisoformat(post["created_at"])
            user = str(post["user_id"])
            if post["user_id"] > 0:
                world.segments[user] = STAFF if user in staff else CUSTOMER
                world.joined[user] = min(at, world.joined.get(user, at))
            opening = by_number[1]
            under = by_number.get(post["reply_to_post_number"], opening)
            to = None if post is opening else person(under)
            world.said.append(Said(str(topic["id"]), person(post), at, to, place))
        _read_acceptance(world, topic)
    return world


def _read_acceptance(world: World, topic: dict) -> None:
    """The asker's, on the day of the answer, as nobody tells another; one a topic."""
    asker = person(topic["posts"][0])
    for post in topic["posts"]:
        if post["accepted_answer"]:
            at = datetime.fromisoformat(post["created_at"])
            world.other_acts.append((asker, at))
            world.outcomes.append((person(post), asker, at))
            return
