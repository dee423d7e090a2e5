"""Many voters at once: a process with threads, told by standard input when to begin.

`python -m tests.ideas.voting.voters IDEA FAULT` reads one line, `vote 3 4 5 …` or `withdraw 3 4 …`:
each number is a member's one attempt. `FAULT` plants a mistake that the counting must not survive.
"""

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from flask import Flask, current_app
from sqlalchemy import select, update

from community import clock
from community.application import create_app
from community.config import Settings
from community.database import action, db, session
from community.members.models import Member
from community.policy import authorize
from community.sending import insert_once
from community.viewer import Viewer, viewer_of
from ideas.board.models import Idea
from ideas.voting.actions import vote_for, withdraw_vote
from ideas.voting.models import Vote
from tests.conftest import FEATURES

PROCESSES, THREADS = 2, 6


def let_loose(idea: Idea, deed: str, members: list[int], *, attempts: int, fault: str = "") -> None:
    """Every member tries so many times, all mixed, from several processes at once."""
    tries = [str(member) for member in members for _attempt in range(attempts)]
    random.Random(7).shuffle(tries)
    name = idea.public_id
    # The last that is asked here: PostgreSQL ends a transaction that idles while they vote.
    session.rollback()
    # Whoever reads the file elsewhere takes this process's locks away.
    db.engine.dispose()
    current_app.extensions["front"].forget()
    environ = os.environ | _same_database()
    command = [sys.executable, "-m", "tests.ideas.voting.voters", name, fault]
    crowds = [
        subprocess.Popen(
            command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _number in range(PROCESSES)
    ]
    for crowd in crowds:
        assert crowd.stdout and crowd.stdout.readline() == "ready\n"
    for number, crowd in enumerate(crowds):
        assert crowd.stdin
        crowd.stdin.write(f"{deed} {' '.join(tries[number::PROCESSES])}\n")
        crowd.stdin.flush()
    assert [crowd.wait() for crowd in crowds] == [0] * PROCESSES
    session.rollback()


def _same_database() -> dict[str, str]:
    settings: Settings = current_app.config["SETTINGS"]
    return {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": "t" * 40,
    }


def count_from_loaded_object(idea: Idea, *, by: Viewer) -> None:
    """The planted mistake: the counter is what was read before, plus one."""
    seen = idea.vote_count
    session.rollback()
    _count_so(idea, seen, by=by)


@action
def _count_so(idea: Idea, seen: int, *, by: Viewer) -> None:
    authorize(by, "idea.vote", idea)
    assert by.member
    once = {"idea_id": idea.id, "member_id": by.member.id, "at": clock.now(), "source": "web"}
    if insert_once(Vote, **once, segment=by.member.segment, weight=1.0):
        session.execute(update(Idea).where(Idea.id == idea.id).values(vote_count=seen + 1))


DEEDS = {"vote": vote_for, "withdraw": withdraw_vote}
FAULTS = {"": {}, "loaded object": {"vote": count_from_loaded_object}}


def main(public_id: str, fault: str) -> None:
    app = create_app(replace(Settings.from_environ(dict(os.environ)), testing=True), FEATURES)
    deeds = DEEDS | FAULTS[fault]
    print("ready", flush=True)
    deed, *members = sys.stdin.readline().split()
    with ThreadPoolExecutor(THREADS) as pool:
        for _done in pool.map(
            lambda member: _try(app, deeds[deed], public_id, int(member)), members
        ):
            pass


def _try(app: Flask, deed, public_id: str, member_id: int) -> None:
    with app.app_context():
        idea = session.scalars(select(Idea).where(Idea.public_id == public_id)).one()
        deed(idea, by=viewer_of(session.get(Member, member_id)))


if __name__ == "__main__":
    main(*sys.argv[1:])
