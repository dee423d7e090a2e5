"""What is wrong in a Discourse file is refused by name, and the rest is imported."""

import gzip
import json
import secrets

import pytest
from sqlalchemy import func, select

from community.database import session
from community.forum.models import Topic
from community.importers.discourse import reading
from community.importers.discourse.bringing_in import import_discourse
from community.threads.models import Post
from tests.community.importers.forum import bring_in, said, topic

GOOD = topic(1, "Good", said(1, "mira", "All is well."))


def count(model) -> int:
    return session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize(
    "line, reason",
    [
        ('{"id": 2, "title": "Torn', "it is no whole JSON"),
        ("[" * 200_000, "it is no whole JSON"),
        ("[1, 2]", "it is no topic"),
        (topic("2", "Wrong id"), "id is no number"),
        (topic(2**40, "Huge id"), "id is no number"),
        (topic(2, "Private", category_id=None), "it is in no category, so it may be private"),
        (topic(2, " \n "), "title is empty"),
        (topic(2, "No posts", posts={}), "it has no list of posts"),
        (topic(2, "Views", views="many"), "views is no number"),
        (topic(2, "Closed", closed="yes"), "closed is neither true nor false"),
        (topic(2, "Tags", tags=[{"id": 3}]), "a tag has no name"),
    ],
)
def test_a_line_that_is_no_topic_is_named(sqlite_app, tmp_path, line, reason):
    report = bring_in(tmp_path, line, GOOD)
    [(kind, number, why)] = report.refused
    assert (kind, number) == ("lines", "1")
    assert why.startswith(reason)
    assert count(Topic) == 1


@pytest.mark.parametrize(
    "wrong, reason",
    [
        ({"raw": None}, "it has neither raw nor cooked text"),
        ({"raw": 7}, "it has neither raw nor cooked text"),
        ({"raw": "x" * 200_000}, "its text has 200,000 characters"),
        ({"created_at": "once upon a time"}, "created_at is no moment"),
        ({"created_at": 1614586000}, "created_at is no moment"),
        ({"created_at": "0001-01-01T00:00:00+12:00"}, "created_at is no moment"),
        ({"created_at": "9999-01-01T00:00:00Z"}, "created_at is no moment that has been"),
        ({"post_number": 0}, "post_number is no number from 1"),
        ({"user_id": "mira"}, "user_id is no number"),
        ({"username": ["mira"]}, "username is no text"),
        ({"likes": -1}, "likes is no number"),
        ({"likes": True}, "likes is no number"),
        ({"reply_to_post_number": 1.5}, "reply_to_post_number is no number"),
        ({"deleted_at": "2021-01-01T00:00:00Z"}, "it was deleted there"),
    ],
)
def test_a_post_that_cannot_be_taken_is_named(sqlite_app, tmp_path, wrong, reason):
    bad = {**said(2, "mira", "words"), **wrong}
    report = bring_in(tmp_path, topic(2, "Bees", said(1, "mira", "a"), bad, said(3, "tilda", "c")))
    [(kind, external, why)] = report.refused
    assert (kind, external) == ("posts", str(bad["id"]))
    assert why.startswith(reason)
    assert count(Post) == 2


def test_what_is_no_post_at_all_is_named_by_its_place(sqlite_app, tmp_path):
    report = bring_in(tmp_path, topic(1, "Good", said(1, "mira", "a"), None, "words"))
    assert [(kind, where) for kind, where, _ in report.refused] == [
        ("posts", "2 of topic 1"),
        ("posts", "3 of topic 1"),
    ]


def test_a_reply_to_a_post_that_is_not_there_is_taken_without_the_link(sqlite_app, tmp_path):
    lost, self_made = said(2, "tilda", "b", reply_to_post_number=9), said(3, "tilda", "c")
    self_made["reply_to_post_number"] = 3
    report = bring_in(tmp_path, topic(1, "Good", said(1, "mira", "a"), lost, self_made))
    assert count(Post) == 3
    assert [(kind, why) for kind, _, why in report.refused] == [
        ("replies", "post 9 of topic 1 is not here"),
        ("replies", "post 3 of topic 1 is not here"),
    ]


def test_a_line_that_is_there_twice_is_taken_once(app, database, tmp_path):
    bees = topic(2, "Bees", said(1, "mira", "a"), said(2, "tilda", "b"))
    report = bring_in(tmp_path, bees, bees, GOOD, bees)
    assert count(Topic) == 2
    assert (report.written["posts"], report.known["posts"]) == (3, 4)
    assert report.refused == []


def test_two_posts_of_one_number_and_a_topic_without_a_first_are_refused(sqlite_app, tmp_path):
    headless = topic(3, "Headless", said(2, "mira", "b"))
    report = bring_in(
        tmp_path, topic(2, "Bees", said(1, "mira", "a"), said(1, "tilda", "b")), headless
    )
    assert [(kind, why) for kind, _, why in report.refused] == [
        ("posts", "topic 2 has a post 1"),
        ("posts", "topic 3 has no first post"),
        ("topics", "it has no first post"),
    ]
    assert (count(Topic), count(Post)) == (1, 1)


def test_a_topic_has_one_accepted_answer(sqlite_app, tmp_path):
    answers = [said(number, "tilda", "b", accepted_answer=True) for number in (1, 2, 3)]
    bring_in(tmp_path, topic(1, "Good", *answers))
    assert session.scalars(select(Topic)).one().accepted_post.number == 2


def test_a_file_that_was_cut_off_is_taken_as_far_as_it_goes(sqlite_app, tmp_path):
    many = [topic(n, f"T{n}", said(1, "mira", secrets.token_hex(99))) for n in range(2, 200)]
    bring_in(tmp_path, GOOD)
    text = "\n".join(json.dumps(one) for one in many)
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(text.encode())[:-2000])
    report = import_discourse(tmp_path / "cut.jsonl.gz", name="bees")
    assert report.refused[-1][0] == "lines"
    assert report.refused[-1][2].startswith("the file cannot be unpacked further")
    assert 100 < count(Topic) < 199


def test_a_line_without_end_is_passed_over(sqlite_app, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LONGEST_LINE", 2_000)
    report = bring_in(tmp_path, topic(2, "Long", said(1, "mira", "x" * 5_000)), GOOD)
    assert report.refused == [("lines", "1", "it is longer than 2,000 bytes")]
    assert count(Topic) == 1


def test_what_no_database_keeps_is_replaced(app, database, tmp_path):
    odd = said(1, "mira", "half \ud83d and \x00 nothing")
    bring_in(tmp_path, topic(2, "Odd \ud800 title", odd, tags=["a\x00b"]))
    assert "half \ufffd and \ufffd nothing" in session.scalars(select(Post)).one().text.source
    assert session.scalars(select(Topic)).one().title == "Odd \ufffd title"
