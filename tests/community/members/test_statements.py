"""How many statements the pages about people take, whatever the number of rows."""

import pytest

from community.database import write_transaction
from community.groups.actions import admit, create_group
from community.members.models import Segment
from tests.conftest import sign_in
from tests.sql import PER_PAGE, statements_of
from tests.world import join


@pytest.fixture
def crowd(cast):
    with write_transaction():
        people = [join(f"guest{n}", Segment.CUSTOMER) for n in range(30)]
    group = create_group("Pilots", by=cast.viewer("eve"), join_rule="request")
    for member in people:
        admit(group, member, by=cast.viewer("eve"))
    return cast


@pytest.mark.parametrize(
    "address",
    ["/people", "/people/ada", "/groups", "/groups/pilots", "/settings", "/settings/sign-ins"],
)
def test_a_page_takes_few_statements(app, crowd, address):
    statements = statements_of(sign_in(app.test_client(), crowd.eve), address)
    assert len(statements) <= PER_PAGE, "\n\n".join(statements)


@pytest.mark.parametrize("address", ["/admin/members", "/admin/organizations", "/admin/domains"])
def test_an_administrators_page_takes_few(crowd, house, address):
    statements = statements_of(sign_in(house.test_client(), crowd.al), address)
    assert len(statements) <= PER_PAGE, "\n\n".join(statements)
