"""Keys for programs: shown once, limited to their scopes, and gone when they are."""

import re

import pytest
from sqlalchemy import select

from community import buffers, clock
from community.credentials.actions.tokens import make_token
from community.credentials.models import ApiToken
from community.database import session, write_transaction
from community.errors import Forbidden
from community.members.models import MemberState
from community.policy import can
from community.viewer import limited_to
from tests.conftest import sign_in


def token(cast, name="ada", scopes=("read",), days=30):
    member = getattr(cast, name)
    return make_token(member, "A program", by=cast.viewer(name), scopes=scopes, days=days)


def ask(client, secret, path="/api/v1/me", **more):
    return client.get(path, headers={"Authorization": f"Bearer {secret}"}, **more)


def test_a_token_says_who_one_is(app, cast, client):
    answer = ask(client, token(cast))
    assert answer.status_code == 200
    assert answer.json["username"] == "ada" and answer.json["organization"] == "Nordlicht"
    assert answer.json["scopes"] == ["read"] and "ada@example.org" not in answer.text


def test_only_its_digest_is_kept(cast):
    secret = token(cast)
    row = session.scalars(select(ApiToken)).one()
    assert secret not in str(vars(row)) and len(row.token_hash) == 64


def test_it_is_shown_once(cast, client):
    sign_in(client, cast.ada)
    made = client.post("/settings/tokens", data={"name": "Backup", "scopes": "read", "days": "30"})
    [secret] = re.findall(r"<code>(gh_[\w-]+)</code>", made.text)
    assert ask(client, secret).status_code == 200
    assert secret not in client.get("/settings/tokens").text


@pytest.mark.parametrize("secret", ["", "gh_wrong", "null", "é"])
def test_an_unknown_one_opens_nothing_not_even_with_a_cookie(cast, client, secret):
    answer = ask(sign_in(client, cast.ada), secret)
    assert answer.status_code == 401
    assert answer.json["error"]["code"] == "not_signed_in"


def test_it_ends_on_its_day(cast, client):
    with clock.at(clock.now()):
        secret = token(cast, days=30)
        clock.advance(days=30, seconds=1)
        assert ask(client, secret).status_code == 401


def test_taken_back_it_is_dead_at_once(cast, client):
    secret = token(cast)
    sign_in(client, cast.ada)
    [link] = re.findall(r'"(/settings/tokens/\w+/delete)"', client.get("/settings/tokens").text)
    client.post(link)
    assert ask(client, secret).status_code == 401


def test_a_suspended_members_token_opens_nothing(cast, client):
    secret = token(cast)
    with write_transaction():
        cast.ada.state = MemberState.SUSPENDED
    assert ask(client, secret).status_code == 401


def test_without_the_scope_it_is_refused(cast, client):
    answer = ask(client, token(cast, scopes=("metrics",)))
    assert answer.status_code == 403 and "needs the scope read" in answer.json["error"]["message"]


def test_a_token_never_makes_tokens_nor_administers(cast):
    for scopes in (("read",), ("read", "write", "metrics")):
        through = limited_to(cast.viewer("al"), frozenset(scopes))
        assert not can(through, "credentials.change", cast.al)
        assert not can(through, "member.administer", cast.ada)
        assert not can(through, "organization.manage")
    with pytest.raises(Forbidden):
        make_token(cast.al, "x", by=through, scopes=["read"], days=1)


def test_outside_the_api_a_token_is_nobody(cast, client):
    assert ask(client, token(cast), "/settings").status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"scopes": []}, {"scopes": ["admin"]}, {"days": "366"}, {"days": "0"}],
)
def test_a_token_for_nothing_for_everything_or_for_ever_is_not_made(cast, client, wrong):
    form = {"name": "Backup", "scopes": ["read"], "days": "30"} | wrong
    assert sign_in(client, cast.ada).post("/settings/tokens", data=form).status_code == 422


def test_twenty_are_enough(cast):
    for _ in range(20):
        token(cast)
    with pytest.raises(Exception, match="You have 20 tokens"):
        token(cast)


def test_the_last_use_is_noted(cast, client):
    ask(client, token(cast))
    buffers.flush()
    assert session.scalars(select(ApiToken.used_at)).one() is not None
