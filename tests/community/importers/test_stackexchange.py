"""A Stack Exchange dump, whole, against the dump's own files read by a reader of the tests' own."""

import gzip
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from community.counters import wrong_counts
from community.database import session, write_transaction
from community.errors import Invalid
from community.events import EventRow
from community.forum.models import Topic
from community.foundation import lay_foundation
from community.importers.models import Origin
from community.importers.stackexchange import bringing_in
from community.importers.stackexchange.bringing_in import import_stackexchange
from community.members.models import Member, Segment
from community.threads.models import Post, Thread
from community.viewer import visitor
from tests.community.importers.tables import contents

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
WHOLE = {  # questions, answers, accepted, users, closed: as counted in the sets' own descriptions
    "se-meta-conlang": (54, 115, 11, 272, None),
    "se-beer": (591, 1398, 359, 3948, 52),
    "se-meta-bicycles": (453, 971, 157, 2551, None),
}

pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason="the data sets are not beside the project"
)


def table(site: str, name: str) -> list[dict[str, str]]:
    with gzip.open(DATA / site / f"{name}.xml.gz") as file:
        return [dict(row.attrib) for row in ET.parse(file).getroot()]


def bring_in(site: str, **options):
    with write_transaction():
        lay_foundation()
    return import_stackexchange(DATA / site, **options)


def ours(kind: str) -> dict[str, int]:
    pairs = select(Origin.external_id, Origin.subject_id).where(Origin.kind == kind)
    return dict(session.execute(pairs).all())


@pytest.mark.data
@pytest.mark.timeout(400)
@pytest.mark.parametrize("site", WHOLE)
def test_a_whole_site_is_here_with_its_scores_and_counts(sqlite_app, site):
    report = bring_in(site)
    check_the_site_s_numbers(site, report)
    check_every_post(site)


def check_the_site_s_numbers(site, report) -> None:
    questions, answers, accepted, users, closed = WHOLE[site]
    assert session.scalar(select(func.count()).select_from(Topic)) == questions
    assert report.written["answers"] == answers
    assert report.written["users"] == users
    kept = select(func.count()).where(Topic.accepted_post_id.is_not(None))
    assert session.scalar(kept) == accepted
    if closed is not None:
        assert session.scalar(select(func.count()).where(Thread.locked_at.is_not(None))) == closed


def check_every_post(site) -> None:
    posts, comments = table(site, "Posts"), table(site, "Comments")
    votes = Counter()
    for vote in table(site, "Votes"):
        votes[vote["PostId"]] += {"2": 1, "3": -1}.get(vote["VoteTypeId"], 0)
    under = Counter(comment["PostId"] for comment in comments)
    answers = Counter(post["ParentId"] for post in posts if post["PostTypeId"] == "2")
    here = ours("post")
    tallies = dict(session.execute(select(Post.id, Post.tally)).all())
    grouped = select(Post.reply_to_id, func.count()).group_by(Post.reply_to_id)
    replies = Counter(dict(session.execute(grouped).all()))
    wanted = [post for post in posts if post["PostTypeId"] in ("1", "2")]
    assert len(wanted) == len(here)
    for post in wanted:
        key = here[post["Id"]]
        assert tallies[key] == votes[post["Id"]], post["Id"]
        assert replies[key] == under[post["Id"]] + answers[post["Id"]], post["Id"]


@pytest.mark.data
def test_a_second_import_changes_nothing(app, database):
    bring_in("se-meta-conlang")
    before = contents()
    report = bring_in("se-meta-conlang")
    assert contents() == before
    assert report.written.total() == 0


def fail(_dump) -> None:
    raise OSError


@pytest.mark.data
@pytest.mark.parametrize("step", ["import_comments", "import_history", "finish_threads"])
def test_an_import_that_was_cut_off_is_completed_by_the_next(sqlite_app, monkeypatch, step):
    with monkeypatch.context() as patched:
        patched.setattr(bringing_in, step, fail)
        with pytest.raises(OSError):
            bring_in("se-meta-conlang")
    report = bring_in("se-meta-conlang")
    comments = report.written["comments"] + report.known["comments"]
    assert (comments, report.written["questions"]) == (230, 0)
    assert list(wrong_counts()) == []
    numbers = session.execute(
        select(Post.thread_id, Post.number).order_by(Post.thread_id, Post.created_at, Post.id)
    ).all()
    place: Counter[int] = Counter()
    for thread_id, number in numbers:
        place[thread_id] += 1
        assert number == place[thread_id]


@pytest.mark.data
def test_employees_are_those_on_the_list_and_the_system_is_a_bot(sqlite_app):
    bring_in("se-meta-conlang", employees=frozenset({"14"}))
    users = ours("user")
    segments = dict(session.execute(select(Member.id, Member.segment)).all())
    assert segments[users["14"]] == Segment.EMPLOYEE
    assert segments[users["-1"]] == Segment.BOT
    assert Counter(segments.values())[Segment.EMPLOYEE] == 1
    told = session.scalars(
        select(EventRow.segment).where(
            EventRow.actor_id == users["14"], EventRow.source == "import"
        )
    )
    assert set(told) == {"employee"}


@pytest.mark.data
def test_the_questions_nobody_answered_are_those_without_another_s_post(sqlite_app):
    bring_in("se-meta-conlang")
    posts = {post["Id"]: post for post in table("se-meta-conlang", "Posts")}
    asker = {
        key: post.get("OwnerUserId") for key, post in posts.items() if post["PostTypeId"] == "1"
    }
    question = {key: post.get("ParentId", key) for key, post in posts.items()}
    answered = {
        post["ParentId"]
        for post in posts.values()
        if post["PostTypeId"] == "2" and post.get("OwnerUserId") != asker[post["ParentId"]]
    }
    for comment in table("se-meta-conlang", "Comments"):
        topic = question.get(comment["PostId"])
        if topic in asker and comment.get("UserId") != asker[topic]:
            answered.add(topic)
    waiting = session.scalar(
        select(func.count())
        .select_from(Topic)
        .join(Thread, Topic.thread_id == Thread.id)
        .where(Thread.first_response_at.is_(None))
    )
    assert waiting == len(asker) - len(answered)


@pytest.mark.data
def test_events_stand_at_the_time_they_happened(sqlite_app):
    bring_in("se-meta-conlang")
    first = min(post["CreationDate"] for post in table("se-meta-conlang", "Posts"))
    started = session.scalar(
        select(func.min(EventRow.occurred_at)).where(EventRow.name == "TopicStarted")
    )
    assert started.replace(tzinfo=None).isoformat(timespec="milliseconds") == first
    assert visitor().audiences, "an imported site can be read by everyone"


def test_a_folder_without_posts_is_refused(sqlite_app, tmp_path):
    with pytest.raises(Invalid):
        import_stackexchange(tmp_path)


def test_a_broken_file_is_named(sqlite_app, tmp_path):
    (tmp_path / "Posts.xml").write_text("<posts/>")
    (tmp_path / "Users.xml").write_text("<users><row Id='1'")
    with write_transaction():
        lay_foundation()
    with pytest.raises(Invalid, match="Users"):
        import_stackexchange(tmp_path)


def test_two_deleted_authors_of_one_name_are_one_placeholder(sqlite_app, tmp_path):
    (tmp_path / "Posts.xml").write_text(
        "<posts>"
        '<row Id="1" PostTypeId="1" CreationDate="2020-01-01T00:00:00" Title="A" Body="a" '
        'OwnerDisplayName="Gone"/>'
        '<row Id="2" PostTypeId="2" ParentId="1" CreationDate="2020-01-02T00:00:00" Body="b" '
        'OwnerDisplayName="Gone"/>'
        '<row Id="3" PostTypeId="2" ParentId="9" CreationDate="2020-01-02T00:00:00" Body="c" '
        'OwnerDisplayName="Other"/>'
        "</posts>"
    )
    with write_transaction():
        lay_foundation()
    report = import_stackexchange(tmp_path)
    assert session.scalar(select(func.count()).select_from(Member)) == 1
    assert report.refused == [("answers", "3", "post 9, which it answers, is not here")]
