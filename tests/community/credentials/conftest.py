"""Each test here begins with an empty mailbox."""

import pytest

from tests.community.credentials.mailbox import empty_mailbox


@pytest.fixture(autouse=True)
def mailbox(house):
    empty_mailbox()
