"""No secret and nothing personal stands where it would outlive its purpose."""

import json
import logging
import re

from sqlalchemy import select

from community.audit import AuditDetail, AuditEntry
from community.credentials.models import ApiToken, Password, SignIn
from community.database import session
from community.events import Event, EventRow
from community.worker import run_jobs
from tests.conftest import sign_in
from tests.security.canaries import hide_everything
from tests.security.rooms import furnish
from tests.world import PASSWORD

# What an event may carry beside numbers: words of fixed lists, and names of fixed things.
WORDS = re.compile(r"[\w.:/+-]{0,40}")
FREE_TEXT = {("SearchMissed", "words")}  # nobody's name is kept beside them, and erasure asks them


def test_events_carry_ids_and_fixed_words_alone(sqlite_app, cast):
    furnish(cast, "open", closed=False)
    secrets = hide_everything(cast)
    run_jobs()
    rows = session.scalars(select(EventRow)).all()
    assert len({row.name for row in rows}) > 20
    for row in rows:
        text = json.dumps(row.payload)
        assert not secrets.canaries.foreign(text, "nobody"), row.name
        for name in ("ada", "ben", "cleo", "example.org", "Nordlicht"):
            assert name not in text.casefold().replace("readable", ""), (row.name, text)


def test_no_event_has_room_for_a_sentence(sqlite_app):
    """Fields called as free text is; `FREE_TEXT` says where one is meant."""
    telling = {"title", "name", "text", "body", "address", "email", "note", "before_title", "path",
               "words", "summary", "username", "about"}  # fmt: skip
    found = {
        (kind, field)
        for kind, event in Event.kinds.items()
        for field in event.__dataclass_fields__.keys() & telling
    }
    assert found <= FREE_TEXT


def test_no_secret_is_logged_or_kept_readable(sqlite_app, cast, client, caplog):
    """Signing in, making a token, resetting: neither log nor event nor audit holds the secret."""
    caplog.set_level(logging.DEBUG)
    client.post("/sign-in", data={"address": "ada@example.org", "password": PASSWORD})
    client.post("/sign-in", data={"address": "ada@example.org", "password": "wrong-and-secret"})
    browser = sign_in(client, cast.ada)
    page = browser.post("/settings/tokens", data={"name": "Mine", "scopes": "read", "days": "30"})
    client.post("/reset", data={"address": "ada@example.org"})
    run_jobs()
    secrets = {PASSWORD, "wrong-and-secret"}
    secrets |= set(session.scalars(select(SignIn.token_hash)))
    secrets |= set(session.scalars(select(Password.hash)))
    secrets |= set(session.scalars(select(ApiToken.token_hash)))
    secrets |= set(re.findall(r"gh[a-z]*_[\w-]{20,}", page.text))
    kept = [json.dumps(row.payload) for row in session.scalars(select(EventRow))]
    kept += [str(vars(row)) for row in session.scalars(select(AuditEntry))]
    kept += [str(vars(row)) for row in session.scalars(select(AuditDetail))]
    everything = "\n".join([*kept, caplog.text])
    assert len(secrets) > 4
    assert not [secret for secret in secrets if secret in everything]
