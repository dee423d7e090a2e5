"""Whose address counts: the connection's, unless we are told who stands in front of us."""

import pytest
from flask import request

from community.application import create_app
from community.config import Settings

FORGED = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(
    ("proxies", "address"), [("", "127.0.0.1"), ("1", "198.51.100.7"), ("2", "203.0.113.9")]
)
def test_a_forwarded_address_is_believed_only_from_known_proxies(tmp_path, proxies, address):
    environ = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "t" * 40, "TRUSTED_PROXIES": proxies}
    app = create_app(Settings.from_environ(environ), [])
    seen: list[str | None] = []
    app.before_request(lambda: seen.append(request.remote_addr))
    app.test_client().get("/healthz", headers=FORGED)
    assert seen == [address]
