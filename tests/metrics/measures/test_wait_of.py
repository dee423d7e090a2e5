"""How long a topic waited, also where the clock was set back between question and answer."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from metrics.facts.days import milliseconds
from metrics.measures.responses import Opened, wait_of

OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER: Any = SimpleNamespace(as_of=OPENED + timedelta(days=1))


@pytest.mark.parametrize(("hours", "waited"), [(2, 2.0), (-1, 0.0)])
def test_nobody_is_answered_before_they_have_asked(hours, waited):
    answered = milliseconds(OPENED + timedelta(hours=hours))
    topic = Opened(1, 1, 1, milliseconds(OPENED), answered, None, None)
    assert wait_of(topic, LATER) == (waited, True)
