"""That a tag exists is told to those alone who can read something that carries it."""

from community.database import session
from community.tagging.actions import set_tags
from community.watching.models import Watch
from tests.conftest import sign_in
from tests.security.rooms import furnish


def test_a_tag_of_closed_topics_cannot_be_told_from_none_by_watching_it(cast, client):
    furnish(cast, "closed", closed=True)
    browser = sign_in(client, cast.cleo)
    unseen = browser.post("/watch/tag/closed-tag", data={"level": "watching"})
    absent = browser.post("/watch/tag/never-a-tag", data={"level": "watching"})
    assert (unseen.status_code, unseen.data) == (404, absent.data)


def test_who_meets_a_tag_can_watch_it_and_stop_when_it_is_out_of_sight(cast, client):
    things = furnish(cast, "open", closed=False)
    browser = sign_in(client, cast.cleo)
    assert browser.post("/watch/tag/open-tag", data={"level": "watching"}).status_code == 303
    set_tags(things.topic, [], by=cast.viewer("ada"))
    assert browser.post("/watch/tag/open-tag", data={"level": "normal"}).status_code == 303
    assert session.query(Watch).one().level == "normal"
