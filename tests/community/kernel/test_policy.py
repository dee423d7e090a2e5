"""The one place that permits: what it says of those and of things that no room asks about."""

import pytest
from sqlalchemy import select

from community.attachments.actions import attach, check_file
from community.attachments.models import Attachment
from community.database import session
from community.forum.models import Topic
from community.organizations.models import Organization
from community.policy import may_see, permissions, rule, visible
from community.viewer import SYSTEM
from tests.security.rooms import furnish


def test_two_rooms_cannot_give_one_permission_two_rules(sqlite_app):
    rules = dict(permissions())
    with pytest.raises(ValueError, match=r"two rules for topic\.start"):
        rule("topic.start")(lambda _viewer, _target: True)
    assert permissions() == rules


def test_the_house_itself_sees_what_is_closed_in_check_and_filter(cast):
    topic = furnish(cast, "closed", closed=True).topic
    assert may_see(SYSTEM, topic)
    assert topic in session.scalars(select(Topic).where(visible(Topic, SYSTEM))).all()


def test_a_row_that_nobody_reads_by_itself_is_hidden_from_nobody(cast):
    nordlicht = session.scalars(select(Organization)).first()
    assert may_see(cast.viewer("cleo"), nordlicht)


def test_a_list_of_files_shows_ones_own_alone(cast):
    file = attach(check_file("notes.txt", b"words"), by=cast.viewer("ada"))

    def listed(viewer) -> list[Attachment]:
        return list(session.scalars(select(Attachment).where(visible(Attachment, viewer))))

    assert listed(cast.viewer("ada")) == listed(SYSTEM) == [file]
    assert listed(cast.viewer("ben")) == listed(cast.viewer("visitor")) == []
