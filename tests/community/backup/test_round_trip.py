"""What was backed up is there after restoring: every row, every file, and the site answers."""

import re
import stat

import pytest

from community.backup.manifest import Unsound
from community.backup.progress import silent
from community.backup.verifying import verify
from community.database import write_transaction
from community.members.models import Segment
from community.search.jobs import index_answers, look_after
from community.worker import run_jobs
from tests.world import join


def test_every_row_and_every_file_is_there_again(backed_up, restored):
    assert restored.rows == backed_up.home.rows()
    assert restored.home.files() == backed_up.home.files() != {}


def test_the_site_answers_and_shows_what_was_attached(backed_up, restored):
    page = restored.home.get(backed_up.topic)
    assert page.status_code == 200
    [picture] = re.findall(r'src="(/files/[^"]+)"', page.text)
    assert restored.home.get(picture).data == backed_up.home.get(picture).data != b""


def test_the_worker_builds_the_index_anew(restored):
    with restored.home.app.test_request_context():
        assert not index_answers()
        look_after()
        run_jobs()
        assert index_answers()
    assert "Walnuts" in restored.home.get("/search?q=cupboard").text


def test_people_go_on_where_they_were(restored):
    with restored.home.app.test_request_context(), write_transaction():
        assert join("zoe", Segment.CUSTOMER).id


def test_a_sound_backup_is_said_to_be_well(backed_up):
    runner = backed_up.home.app.test_cli_runner()
    told = runner.invoke(args=["backup", "verify", str(backed_up.backup)])
    assert told.exit_code == 0 and "well" in told.output


def test_nobody_else_on_the_machine_reads_the_backup_or_the_secret(backed_up, restored):
    for path in (backed_up.backup, restored.home.folder / "secret_key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_secret_comes_along_so_that_what_was_signed_stays_good(backed_up, restored):
    secrets = [(home.folder / "secret_key").read_text() for home in (backed_up.home, restored.home)]
    assert secrets[0] == secrets[1]


@pytest.mark.parametrize("database", ["sqlite"])
def test_without_the_secret_the_new_home_keeps_its_own(backed_up, move_in, tmp_path):
    made = backed_up.home.create(tmp_path / "open.tar", with_secret=False)
    home = move_in()
    own = (home.folder / "secret_key").read_text()
    home.restore(made.path)
    assert own.encode() not in made.path.read_bytes()
    assert (home.folder / "secret_key").read_text() == own
    assert backed_up.home.app.config["SECRET_KEY"].encode() not in made.path.read_bytes()


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_file_that_was_lost_is_named_and_the_rest_is_backed_up(backed_up, move_in, tmp_path):
    home = move_in()
    home.restore(backed_up.backup)
    name, other = sorted(home.files())
    (home.folder / "attachments" / name[:2] / name).unlink()
    (home.folder / "attachments" / other[:2] / other).write_bytes(b"rotten")
    made = home.create(tmp_path / "made.tar")
    assert {one.rpartition("/")[2] for one in made.lost} == {name, other}
    with home.app.app_context():
        assert not verify(made.path, progress=silent).attachments
    next_home = move_in()
    next_home.restore(made.path)
    assert next_home.rows() == backed_up.home.rows()


def test_a_backup_never_takes_the_place_of_a_file(backed_up, tmp_path):
    (tmp_path / "mine.tar").write_text("mine")
    with pytest.raises(Unsound, match="is there already"):
        backed_up.home.create(tmp_path / "mine.tar")
    assert (tmp_path / "mine.tar").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.tar"]
