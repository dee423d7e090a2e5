"""Who gave a reaction is told apart on the page that all share, however many gave it."""

from datetime import timedelta

import pytest

from community import clock
from community.database import session, write_transaction
from community.members.models import Segment
from community.reactions.actions import react
from community.reactions.models import Reaction, ReactionKind
from community.reactions.queries import MOST_NAMED
from community.viewer import viewer_of
from tests.world import join

PRESSED = 'class="reaction" aria-pressed="true"'


@pytest.mark.parametrize("others", [0, MOST_NAMED])
def test_however_many_thanked_each_sees_whether_they_did(
    sqlite_app, things, front, people, browsers, others
):
    with write_transaction():
        for number in range(others):
            one = Reaction(member_id=join(f"other{number}", Segment.CUSTOMER).id)
            one.subject_kind, one.subject_id, one.kind = "post", things.post.id, ReactionKind.THANK
            session.add(one)
    react(things.post, ReactionKind.THANK, by=viewer_of(people["gus"]))
    url = f"/t/{things.topic.public_id}/{things.topic.slug}"
    for browser in browsers.values():
        browser.get(url)
    pressed = {name: browser.get(url).text.count(PRESSED) for name, browser in browsers.items()}
    assert pressed == {"dan": 0, "fay": 0, "gus": 1}
    assert not front.members.learning.disagreements


def test_what_outlives_its_page_is_learned_again_after_an_hour(
    sqlite_app, things, front, people, browsers
):
    """As if giving a reaction had been forgotten to change the version of the post."""
    react(things.post, ReactionKind.THANK, by=viewer_of(people["gus"]))
    url = f"/t/{things.topic.public_id}/{things.topic.slug}"
    now = clock.now()
    with clock.at(now):
        browsers["gus"].get(url)
        browsers["dan"].get(url)
        [(key, (kept, _size))] = front.shelf._kept.items()
        for place, variant in kept.page.learned:
            if place[0] == "reactions" and variant[1]:
                kept.page.learned[place, variant] = (b"Something of old.",)
        front.keep(key, kept)
    assert "Something of old." in read_later(now + timedelta(minutes=30), url, browsers)
    assert "Something of old." not in read_later(now + timedelta(minutes=61), url, browsers)


def read_later(at, url, browsers) -> str:
    with clock.at(at):
        browsers["dan"].get(url)
        return browsers["gus"].get(url).text
