"""Taking one's data along: everything of one's own, nothing of anybody else."""

import io
import json
import zipfile

import pytest

from community.errors import Forbidden
from community.privacy.exporting import (
    NOT_THEIRS,
    everything_about,
    export_member,
    tables_about_members,
)
from tests.community.privacy.rich import ADDRESS, NAME, become_rich
from tests.conftest import sign_in
from tests.world import PASSWORD


def opened(packed):
    archive = zipfile.ZipFile(io.BytesIO(packed))
    return archive, json.loads(archive.read("data.json"))


def test_all_ones_own_is_in_it(app, cast):
    become_rich(cast, app)
    archive, told = opened(export_member(cast.ada, by=cast.viewer("ada")))
    assert told["profile"][0]["name"] == NAME
    assert told["email_address"][0]["address"] == ADDRESS
    assert "Regards" in told["post"][0]["text"]["source"]
    assert told["topic"][0]["title"] == "How I import"
    assert {"api_token", "sign_in", "attachment", "revision", "event"} <= set(told)
    [picture] = [name for name in archive.namelist() if name.startswith("files/")]
    assert archive.read(picture)[8:12] == b"WEBP"


def test_nothing_of_anybody_else_is(cast, house):
    become_rich(cast, house)
    _archive, told = opened(export_member(cast.ada, by=cast.viewer("ada")))
    said = json.dumps(told)
    for others in ("ben@example.org", "Ben", "A question for", "Dear ", "Thanks @", "asked by"):
        assert others not in said


def test_no_secret_and_no_integer_key_is(cast, house):
    become_rich(cast, house)
    told = everything_about(cast.ada)
    names = {name for rows in told.values() for row in rows for name in row}
    assert not {name for name in names if name.endswith(("_hash", "token")) or name == "hash"}
    assert not {name for name in names if name == "id" or name.endswith("_id")} - {
        "public_id",
        "id",
    }
    assert all(not isinstance(row.get("id"), int) for rows in told.values() for row in rows)


def test_every_table_about_members_is_asked(cast):
    from community.database import Base
    from community.privacy.exporting import _is_own

    asked = {t.name for t in Base.metadata.sorted_tables if any(map(_is_own, t.columns))}
    only_decided = tables_about_members() - asked - NOT_THEIRS
    assert only_decided <= {"text", "thread", "idea_status_change", "post", "topic"}


@pytest.mark.parametrize("name", ["ben", "al", "mo"])
def test_nobody_takes_anothers(cast, name):
    with pytest.raises(Forbidden):
        export_member(cast.ada, by=cast.viewer(name))


def test_it_takes_the_password(cast, client):
    sign_in(client, cast.ada)
    assert client.post("/settings/export", data={"current_password": "x"}).status_code == 422
    answer = client.post("/settings/export", data={"current_password": PASSWORD})
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    assert "ada.zip" in answer.headers["Content-Disposition"]
    assert opened(answer.data)[1]["profile"][0]["username"] == "ada"


def test_from_the_console(cast, house, tmp_path):
    file = tmp_path / "ben.zip"
    said = house.test_cli_runner().invoke(args=["member", "export", "ben", str(file)])
    assert said.exit_code == 0 and opened(file.read_bytes())[1]["profile"][0]["username"] == "ben"
