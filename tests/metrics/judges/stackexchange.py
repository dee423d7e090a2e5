"""A Stack Exchange dump as the judge reads it: straight from the files."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from tests.metrics.judges.verdicts import CUSTOMER, STAFF, Said, World

EDITS = {"4", "5", "6", "7", "8", "9"}


def rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    with gzip.open(folder / f"{table}.xml.gz") as file:
        for _, element in ElementTree.iterparse(file):
            if element.tag == "row":
                yield dict(element.attrib)
                element.clear()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def user_ids(folder: Path) -> list[str]:
    return [row["Id"] for row in rows(folder, "Users") if int(row["Id"]) > 0]


def read(folder: Path, staff: set[str]) -> World:
    """Who is not on the staff list is a customer; ids below zero are nobody."""
    users = {row["Id"] for row in rows(folder, "Users")}
    human = {user for user in users if int(user) > 0}
    world = World({user: STAFF if user in staff else CUSTOMER for user in human})
    world.joined = {row["Id"]: moment(row["CreationDate"]) for row in rows(folder, "Users")}

    def person(row: dict[str, str], kind: str) -> str:
        """Who is deleted began, as far as we know, with what bears their name first."""
        user = row.get(f"{kind}UserId")
        if user in users:
            return user
        name = "deleted:" + (row.get(f"{kind}DisplayName") or user or "nobody")
        world.segments.setdefault(name, CUSTOMER)
        world.joined.setdefault(name, moment(row["CreationDate"]))
        return name

    posts = {row["Id"]: row for row in rows(folder, "Posts") if row["PostTypeId"] in "12"}
    comments = [row for row in rows(folder, "Comments") if row["PostId"] in posts]
    place = 0
    authors = {
        key: person(row, "Owner")
        for kind in "12"
        for key, row in posts.items()
        if row["PostTypeId"] == kind
    }
    for kind in "12":
        for key, row in posts.items():
            if row["PostTypeId"] == kind:
                place += 1
                parent = row.get("ParentId")
                world.said.append(
                    Said(
                        parent or key,
                        authors[key],
                        moment(row["CreationDate"]),
                        authors[parent] if parent else None,
                        place,
                    )
                )
    for row in comments:
        place += 1
        under = posts[row["PostId"]]
        author = person({**row, "UserUserId": row.get("UserId", "")}, "User")
        world.said.append(
            Said(
                under.get("ParentId") or under["Id"],
                author,
                moment(row["CreationDate"]),
                authors[under["Id"]],
                place,
            )
        )
    _read_edits(folder, world, posts, person)
    _read_votes(folder, world, posts, authors)
    return world


def _read_edits(folder, world, posts, person) -> None:
    """Who wrote a post first is told here too, sometimes by another name."""
    for row in rows(folder, "PostHistory"):
        kind = row["PostHistoryTypeId"]
        if kind not in {*EDITS, "2"} or row["PostId"] not in posts:
            continue
        editor = person({**row, "UserUserId": row.get("UserId", "")}, "User")
        if kind in EDITS:
            world.other_acts.append((editor, moment(row["CreationDate"])))


def _read_votes(folder, world, posts, authors) -> None:
    """Acceptances (on the day of the vote) and favourites, as far as they have a name."""
    accepted = {}
    for row in rows(folder, "Votes"):
        if row["VoteTypeId"] == "1":
            accepted[row["PostId"]] = moment(row["CreationDate"])
        question = posts.get(row["PostId"])
        favourite = row["VoteTypeId"] == "5" and row.get("UserId") in world.segments
        if favourite and question and question["PostTypeId"] == "1":
            at = moment(row["CreationDate"])
            world.other_acts.append((row["UserId"], at))
            world.sense_making.append((row["UserId"], row["PostId"], at))
    for key, row in posts.items():
        answer = row.get("AcceptedAnswerId")
        if answer in posts:
            given = accepted.get(answer, moment(row["CreationDate"]))
            at = max(given, moment(posts[answer]["CreationDate"]))
            world.other_acts.append((authors[key], at))
            world.outcomes.append((authors[answer], authors[key], at))
