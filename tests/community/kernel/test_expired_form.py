"""A form that was open too long gives the text back, ready to be sent again."""

import re

import pytest
from sqlalchemy import func, select

from community.database import session
from community.forum.models import Topic
from tests.conftest import sign_in


@pytest.fixture
def strict(client):
    client.application.config["WTF_CSRF_ENABLED"] = True
    yield client
    client.application.config["WTF_CSRF_ENABLED"] = False


def test_an_expired_form_keeps_the_text_and_can_be_sent_again(strict, cast):
    sign_in(strict, cast.ada)
    form = {"title": "A long question", "text": "Hours of work.", "csrf_token": "stale"}
    refused = strict.post("/c/help/topics", data=form)
    assert refused.status_code == 400
    assert "Hours of work." in refused.text
    assert session.scalar(select(func.count()).select_from(Topic)) == 0
    fresh = re.search(r'name="csrf_token" value="([^"]+)"', refused.text)
    assert fresh
    again = strict.post("/c/help/topics", data={**form, "csrf_token": fresh[1]})
    assert again.status_code == 303
    assert session.scalar(select(func.count()).select_from(Topic)) == 1


def test_a_password_is_never_given_back(strict, cast):
    refused = strict.post("/sign-in", data={"address": "ada", "password": "very secret words"})
    assert refused.status_code == 400
    assert "very secret words" not in refused.text
