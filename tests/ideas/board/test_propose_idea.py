"""Proposing ideas."""

import pytest

from community.database import session
from community.errors import Forbidden, NotFound
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from ideas.board.actions import propose_idea
from ideas.board.models import Idea
from tests.conftest import sign_in
from tests.ideas.proposals import employees_board, propose


def test_a_customer_proposes_and_a_visitor_reads_it(app, cast):
    idea = propose(cast)
    answer = app.test_client().get(f"/ideas/{idea.public_id}/undo-for-bulk-edits")
    assert answer.status_code == 200
    assert "One filter, 4,000 records." in answer.text
