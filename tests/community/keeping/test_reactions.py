"""Who gave a reaction is told apart on the page that all share, however many gave it."""

import pytest

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
