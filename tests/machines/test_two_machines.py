"""One of two web machines dies, loses its cable, or is renewed, while people read and write."""

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import pytest
from sqlalchemy import func, select

from community.database import session
from community.forum.models import Topic
from community.jobs import Job
from community.notifications.models import Notice
from community.threads.models import Post
from tests.crash.checks import complaints
from tests.crash.clients import Book, Reply
from tests.crash.settling import Person, Places, settle_writers
from tests.crash.test_kill import is_idle_within
from tests.machines.conftest import Site
from tests.machines.network import SITE
from tests.overload.crowd import Answer, Ask, Crowd, statuses

A_SECOND = 10
BEFORE_SECONDS, AFTER_SECONDS = 5, 15
HEALED_WITHIN_SECONDS = 60
ALL_TOLD_WITHIN_SECONDS = 300
FLUSHED_WITHIN_SECONDS = 4  # what was read is held for two, and becomes events and facts then

Happening = Callable[[], None]

pytestmark = pytest.mark.soak


def test_a_machine_that_is_killed_is_missed_for_less_than_a_second(site):
    answers = under_load(site, site.machines[0].kill)
    assert failed_after(answers, BEFORE_SECONDS + 1) == []
    keeps_its_word(site, answers)


def test_a_machine_whose_cable_is_cut_is_missed_for_less_than_a_second(site):
    answers = under_load(site, site.machines[0].cut_the_cable)
    assert failed_after(answers, BEFORE_SECONDS + 1) == []
    site.machines[0].kill()
    keeps_its_word(site, answers)


def test_renewing_one_machine_after_the_other_is_noticed_by_nobody(site):
    def renew_both() -> None:
        for machine in site.machines:
            machine.renew()

    answers = under_load(site, renew_both, after=60)
    assert failed_after(answers, 0) == []
    keeps_its_word(site, answers)


def under_load(site: Site, happening: Happening, *, after: float = AFTER_SECONDS) -> list[Answer]:
    """What everybody was answered while it happened."""
    people, places = settle_writers(site.app, members=120)
    crowd = Crowd("127.0.0.1", site.port, asks(site, people, places), host=SITE)
    crowd.patient(4, 2)
    # A machine ends with the thread that started it: it must be this one, which looks afterwards.
    with ThreadPoolExecutor(1) as outside:
        answered = outside.submit(crowd.impatient, A_SECOND, BEFORE_SECONDS + after)
        time.sleep(BEFORE_SECONDS)
        happening()
        answers = answered.result()
    failed = failed_after(answers, 0)
    print(statuses(answers), f"{len(failed)} failed, the last began", end=" ")
    print(f"{max((one.at for one in failed), default=0) - BEFORE_SECONDS:.2f} s after")
    return answers


def asks(site: Site, people: Sequence[Person], places: Places) -> Iterator[Ask]:
    """Two read, one writes."""
    with site.app.app_context():
        topics = [f"/t/{one.public_id}/{one.slug}" for one in session.scalars(select(Topic))]
        session.remove()
    pages, threads = cycle([*topics, "/latest", "/ideas"]), cycle(places.threads)
    for number, person in enumerate(cycle(people)):
        if number % 3:
            yield Ask(next(pages), person)
        else:
            token = f"{uuid.uuid4().hex} for @ben"
            fields = {"text": f"Reply {token}", "submission": token[:32]}
            address = f"/threads/{next(threads)}/posts"
            yield Ask(address, person, person.form(**fields), token)


def failed_after(answers: Sequence[Answer], moment: float) -> list[Answer]:
    """Those that were asked later than that and got no answer of ours, or a fault.

    Being told to come back is none: half of the machines serve half as many.
    """
    late = [one for one in answers if one.at > moment and not one.turned_away]
    return [one for one in late if not 200 <= one.status < 400]


def keeps_its_word(site: Site, answers: Sequence[Answer]) -> None:
    book = Book()
    for one in answers:
        if one.ask.body:
            thread = one.ask.path.split("/")[2]
            book.replies[Reply(one.ask.mark, one.ask.person, thread)] = 200 <= one.status < 400
    began = time.monotonic()
    with site.app.app_context():
        assert is_idle_within(HEALED_WITHIN_SECONDS)
        print(f"{sum(book.replies.values())} of {len(book.replies)} replies acknowledged,", end=" ")
        while not told_once() and time.monotonic() < began + ALL_TOLD_WITHIN_SECONDS:
            time.sleep(0.5)
        print(f"all told of {time.monotonic() - began:.1f} s later")
        time.sleep(FLUSHED_WITHIN_SECONDS)
        assert is_idle_within(HEALED_WITHIN_SECONDS)
        assert complaints([book]) == []
        assert told_once(), (notices(), left_to_do())
        session.remove()


def told_once() -> bool:
    """Ben was told of every reply, each time once."""
    session.rollback()
    replies = session.scalar(select(func.count()).select_from(Post).where(Post.number > 1))
    told = notices()
    return told["mention"] == (replies, replies)


def left_to_do() -> list[tuple]:
    jobs = select(Job.kind, Job.tries, Job.claimed_by, func.count()).group_by(
        Job.kind, Job.tries, Job.claimed_by
    )
    return [tuple(row) for row in session.execute(jobs)]


def notices() -> dict[str, tuple[int, int]]:
    """How many of each kind, and of how many events."""
    count = select(Notice.kind, func.count(), func.count(Notice.event_id.distinct()))
    return {kind: (all_, each) for kind, all_, each in session.execute(count.group_by(Notice.kind))}
