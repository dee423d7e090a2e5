"""A whole forum, on both databases, against its file read by a reader of the tests' own."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import func, select

from community.config import settings
from community.counters import wrong_counts
from community.database import session
from community.forum.models import Topic
from community.importers.models import Origin
from community.members.models import Member, Profile, Segment
from community.texts.models import Format, Text
from community.threads.models import Post, Thread
from tests.community.importers.tables import contents
from tests.community.markup.judge import faults

FORUM = Path(__file__).resolve().parents[4] / "shared/data/discourse-urho3d/topics.jsonl.gz"
WHOLE = {  # as counted in the set's own description
    "topics": 5046,
    "posts": 36990,
    "by system": 95,
    "users": 999,
    "likes": 11199,
    "accepted": 672,
    "replies": 10070,
    "closed": 39,
    "longest": 437,
    "html": 854,
}

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not FORUM.exists(), reason="the data in ../shared are not here"),
]


def topics(path: Path) -> Iterator[dict]:
    with gzip.open(path) as file:
        yield from map(json.loads, file)


def described(path: Path) -> Counter[str]:
    """The file's own numbers."""
    said: Counter[str] = Counter()
    users = set()
    for topic in topics(path):
        posts = topic["posts"]
        said.update(topics=1, posts=len(posts), closed=topic["closed"], views=topic["views"])
        said["longest"] = max(said["longest"], len(posts))
        for post in posts:
            users.add(post["user_id"])
            said.update(
                {
                    "by system": post["post_type"] != 1,
                    "likes": post["likes"],
                    "accepted": post["accepted_answer"],
                    "replies": post["reply_to_post_number"] is not None,
                    "html": post["raw"] is None,
                }
            )
    said["users"] = len(users)
    return said


def here() -> Counter[str]:
    """The same numbers, of what is in the tables; what was refused is told by the report."""
    longest = select(func.count().label("n")).select_from(Post).group_by(Post.thread_id).subquery()
    counts = {
        "topics": select(func.count()).select_from(Topic),
        "posts": select(func.count()).select_from(Post),
        "likes": select(func.sum(Post.tally)),
        "accepted": select(func.count(Topic.accepted_post_id)),
        "replies": select(func.count(Post.reply_to_id)),
        "closed": select(func.count(Thread.locked_at)),
        "views": select(func.sum(Thread.view_count)),
        "longest": select(func.max(longest.c.n)),
        "html": select(func.count()).where(Text.format == Format.HTML),
    }
    return Counter({name: session.scalar(query) or 0 for name, query in counts.items()})


def bring_in(app, path: Path) -> str:
    done = app.test_cli_runner().invoke(args=["import", "discourse", str(path), "--name", "urho"])
    assert done.exit_code == 0, done.output
    return done.stdout


def check(app, path: Path) -> Counter[str]:
    """Twice: the first time all is here, the second time nothing changes."""
    first = bring_in(app, path)
    said, found = described(path), here()
    refused = Counter(line.split()[1] for line in first.splitlines() if line[:8] == "refused ")
    for name, count in found.items():
        assert count + refused[name] == said[name], name
    check_every_post(path)
    before = contents()
    second = bring_in(app, path)
    assert contents() == before
    assert " 0 written in " in second
    print(settings().database_url.split(":")[0], first.splitlines()[-1], second.splitlines()[-1])
    return said


def check_every_post(path: Path) -> None:
    """Author, time, number and likes; no text that does anything; no count that is wrong."""
    origins = select(Origin.external_id, Origin.subject_id)
    posts = dict(session.execute(origins.where(Origin.kind == "post")).all())
    users = dict(session.execute(origins.where(Origin.kind == "user")).all())
    columns = (Post.id, Post.author_id, Post.created_at, Post.number, Post.tally, Text.html)
    rows = {row.id: row for row in session.execute(select(*columns).join(Post.text))}
    for topic in topics(path):
        for post in topic["posts"]:
            row = rows.pop(posts[str(post["id"])])
            author = "-1" if post["post_type"] != 1 else str(post["user_id"])
            assert row.author_id == users[author]
            assert row.created_at.isoformat(timespec="milliseconds")[:23] == post["created_at"][:23]
            assert (row.number, row.tally) == (post["post_number"], post["likes"])
            assert faults(row.html) == [], post["id"]
    assert not rows
    assert list(wrong_counts()) == []


def test_the_first_topics_of_a_whole_forum_are_here_with_all_their_numbers(sqlite_app, tmp_path):
    with gzip.open(FORUM) as file:
        cut = b"".join(islice(file, 150))
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(cut))
    assert check(sqlite_app, tmp_path / "cut.jsonl.gz")["posts"] == 1069


@pytest.mark.soak
def test_a_whole_forum_is_here_with_all_its_numbers(app, database):
    said = check(app, FORUM)
    assert {name: said[name] for name in WHOLE} == WHOLE
    bots = select(func.count()).select_from(Post).join(Member, Member.id == Post.author_id)
    assert session.scalar(bots.where(Member.segment == Segment.BOT)) == WHOLE["by system"] + 1
    assert session.scalar(select(func.count()).select_from(Profile)) == WHOLE["users"]
