"""Which lists people had before them when they opened an idea."""

from datetime import datetime, timedelta
from random import Random

from community.database import write_transaction
from community.demo.stage import Stage
from community.events import Event, emit_all, occurring
from community.threads.readings import Reading
from ideas.board.events import IdeaOpened, IdeasShown

SEED = "Brightwell impressions"
SHOWN = 12
_LISTS = ("trending", "trending", "trending", "top", "new", "search", "")


def show_lists(stage: Stage, readings: list[Reading]) -> None:
    """Before most openings of an idea a list was shown in which it stood."""
    random = Random(SEED)
    noted: list[tuple[Event, datetime]] = []
    for reading in readings:
        if reading.subject_kind == "idea":
            noted += _noted(stage, reading, random)
    with write_transaction(), occurring(source="import"):
        emit_all([event for event, _ in noted], at=[at for _, at in noted])


def _noted(stage: Stage, reading: Reading, random: Random) -> list[tuple[Event, datetime]]:
    found_in = random.choice(_LISTS)
    opened = IdeaOpened(
        actor_id=reading.member_id,
        space_id=reading.space_id,
        audience_id=reading.audience_id,
        idea_id=reading.subject_id,
        found_in=found_in,
    )
    shown = _list_with(stage, reading, random)
    if found_in not in ("trending", "top", "new") or not shown:
        return [(opened, reading.at)]
    listed = IdeasShown(actor_id=reading.member_id, list=found_in, ideas=shown)
    return [(listed, reading.at - timedelta(seconds=30)), (opened, reading.at)]


def _list_with(stage: Stage, reading: Reading, random: Random) -> tuple[int, ...]:
    """The idea among others of its board that were there already; more often near the top."""
    others = [
        shelf.thread["subject_id"]
        for shelf in stage.shelves
        if shelf.thread["subject_kind"] == "idea"
        and shelf.thread["space_id"] == reading.space_id
        and shelf.since < reading.at
        and shelf.thread["subject_id"] != reading.subject_id
    ]
    others = random.sample(others, min(SHOWN - 1, len(others)))
    others.insert(int(len(others) * random.random() ** 2), reading.subject_id)
    return tuple(others)
