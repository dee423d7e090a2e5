"""The whole way: somebody writes, the worker counts, a manager reads the number."""

from sqlalchemy import select

from community.database import session
from community.forum.actions import start_topic
from community.spaces.models import Space
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.worker import run_jobs
from metrics.rollups.jobs import refresh_rollups
from tests.conftest import sign_in


def test_a_question_and_its_answer_become_numbers_and_rows(database, cast, client, gates):
    gates(1)
    space = session.scalars(select(Space).where(Space.slug == "help")).one()
    topic = start_topic(space, "How do I export?", prepare("All of it."), by=cast.viewer("ada"))
    write_post(topic.thread, prepare("By the menu."), by=cast.viewer("eve"))
    run_jobs()
    refresh_rollups()
    manager = sign_in(client, cast.max)
    assert manager.get("/api/v1/metrics/contributors").json["value"] == 2
    assert manager.get("/api/v1/metrics/answered_within").json["value"] == 1
    rows = manager.get("/api/v1/metrics/answered_within/rows").json["rows"]
    assert [row["title"] for row in rows] == ["How do I export?"]
    people = manager.get("/api/v1/metrics/contributors/rows").json["rows"]
    assert {person["name"] for person in people} == {"Ada", None}
    assert "How do I export?" in manager.get("/metrics/answered_within/rows").text
