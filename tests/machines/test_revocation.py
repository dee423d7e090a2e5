"""What is withdrawn on one machine is withdrawn on the other: two processes on one database."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest
from flask import Flask
from sqlalchemy import delete, select

from community.audiences import Level
from community.credentials.actions.signing_in import end_other_sign_ins
from community.database import session, write_transaction
from community.members.models import Member, SiteRole
from community.spaces.actions import grant_level
from community.spaces.models import Space
from community.viewer import viewer_of
from tests.crash.conftest import install
from tests.crash.settling import Person, settle_writers, sign_in
from tests.world import group

__all__ = ["install"]

# A second is what is promised; a machine may be busy with other tests.
WITHIN_SECONDS = 10


@dataclass
class Elsewhere:
    """A server of the product. What a test changes it changes here, in a process of its own."""

    port: int
    app: Flask

    def status(self, path: str, person: Person) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers=person.headers())
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def soon_answers(self, path: str, person: Person, status: int) -> bool:
        until = time.monotonic() + WITHIN_SECONDS
        while self.status(path, person) != status:
            if time.monotonic() > until:
                return False
        return True


@pytest.fixture
def elsewhere(install) -> Iterator[Elsewhere]:
    installation, app = install(database="postgresql")
    installation.environ["WEB_WORKERS"] = "1"
    settle_writers(app, members=0)
    installation.start()
    with app.app_context():
        yield Elsewhere(installation.port, app)


def of(role: str) -> Member:
    """The administrator, or an employee without a role."""
    roles = select(SiteRole.member_id)
    everybody = select(Member).where(Member.segment == "employee").order_by(Member.id)
    is_one = Member.id.in_(roles.where(SiteRole.role == role)) if role else Member.id.not_in(roles)
    return session.scalars(everybody.where(is_one)).all()[0]


def test_what_is_withdrawn_here_is_withdrawn_elsewhere_at_once(elsewhere):
    al, eve = of("administrator"), of("")
    with write_transaction():
        chief, worker = sign_in(elsewhere.app, al), sign_in(elsewhere.app, eve)
    for path, person in (("/admin/audit", chief), ("/c/floor", worker), ("/notifications", worker)):
        assert elsewhere.status(path, person) == 200, path

    floor = session.scalars(select(Space).where(Space.slug == "floor")).one()
    grant_level(floor, Level.NONE, group=group("segment:employee"), by=viewer_of(al))
    assert elsewhere.soon_answers("/c/floor", worker, 404)
    end_other_sign_ins(eve, None, by=viewer_of(eve))
    assert elsewhere.soon_answers("/notifications", worker, 302)
    with write_transaction():
        session.execute(delete(SiteRole).where(SiteRole.member_id == al.id))
    assert elsewhere.soon_answers("/admin/audit", chief, 404)
