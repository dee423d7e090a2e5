"""What only the tests of ideas need."""

import pytest

from community import buffers


@pytest.fixture(autouse=True)
def no_notes_left_over():
    """What an earlier test's pages noted belongs to its database, which is empty by now."""
    buffers._notes.clear()
