"""A backup that is off in a bit, a member or its version is refused, by the name of what is off."""

import errno
import fcntl
import random
from contextlib import ExitStack

import pytest
from sqlalchemy import func, select

from community import occupied, serving
from community.backup.manifest import DATABASE, MANIFEST, SEAL, Unsound
from community.backup.progress import silent
from community.backup.restoring import restore
from community.backup.verifying import verify
from community.database import db
from community.duty import LOCK
from community.occupied import kept_free
from tests.community.backup import tars

FLIPS = 10


def refused(home, backup) -> str:
    """Neither well nor restorable; what was said of it."""
    with home.app.app_context():
        with pytest.raises(Unsound) as said:
            verify(backup, progress=silent)
        with pytest.raises(Unsound):
            restore(backup, progress=silent)
    assert_still_empty(home)
    return str(said.value)


def assert_still_empty(home) -> None:
    found = {path.name for path in home.folder.iterdir()}
    assert found <= {"secret_key", "write.lock", "worker.lock", "serving.lock", "backup.lock"}


def flip_some(backed_up, home, tmp_path, *, flips: int) -> None:
    places = random.Random(flips)
    for _flip in range(flips):
        bit = places.randrange(backed_up.backup.stat().st_size * 8)
        copy = tars.flipped(backed_up.backup, bit, tmp_path / "flipped.tar")
        said = refused(home, copy)
        assert any(name in said for name in tars.names_at(backed_up.backup, bit // 8)), (bit, said)


def test_a_bit_flipped_anywhere_is_noticed(backed_up, nowhere, tmp_path):
    flip_some(backed_up, nowhere, tmp_path, flips=FLIPS)


@pytest.mark.soak
def test_fifty_flipped_bits_are_noticed(backed_up, nowhere, tmp_path):
    flip_some(backed_up, nowhere, tmp_path, flips=50)


def test_a_bit_flipped_in_each_part_of_a_member_is_noticed(backed_up, nowhere, tmp_path):
    """Its header, its content, what fills its last block; and the archive's end."""
    home, whole = nowhere, backed_up.backup.read_bytes()
    begin = whole.rindex(MANIFEST.encode())  # the header of the seal
    for at in (0, begin + 100, begin + 124, begin + 257, begin + 512, begin + 700, len(whole) - 1):
        said = refused(home, tars.flipped(backed_up.backup, at * 8, tmp_path / "flipped.tar"))
        assert any(name in said for name in tars.names_at(backed_up.backup, at)), (at, said)


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.99, "a block less"])
def test_what_is_cut_off_is_noticed(backed_up, nowhere, tmp_path, part):
    whole = backed_up.backup.read_bytes()
    size = len(whole) - 512 if part == "a block less" else int(len(whole) * part)
    cut = tmp_path / "cut.tar"
    cut.write_bytes(whole[:size])
    said = refused(nowhere, cut)
    assert "cut off" in said or "end of the archive" in said


def test_members_that_are_added_missing_renamed_or_exchanged_are_named(
    backed_up, nowhere, tmp_path
):
    members, home = tars.taken_apart(backed_up.backup), nowhere
    one, two = (name for name in members if name.startswith("attachments/"))
    other = f"attachments/ab/ab{'0' * 62}"
    changes = {
        f"{other}: is not in the manifest": members | {other: b"new"},
        f"{one}: is missing": {name: members[name] for name in members if name != one},
        f"{two}: is missing": {(other if name == two else name): members[name] for name in members},
        f"{one}: its size": members | {one: members[two], two: members[one]},
        f"{SEAL}: is missing": {name: members[name] for name in members if name != SEAL},
        f"{MANIFEST}: is missing": {name: members[name] for name in members if name != MANIFEST},
    }
    for said, changed in changes.items():
        assert said in refused(home, tars.put_together(changed, tmp_path / "changed.tar"))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("revision", "9999", "9999 is not known"),
        ("revision", "../../etc", "does not say what a manifest says"),
        ("format", 2, "its format is 2"),
        ("product", "another", "not a backup of Guildhall"),
        ("files", {"../../escaped": {"size": 1, "sha256": "0" * 64}}, "does not say"),
        ("tables", {'x"; DROP TABLE member; --': {"count": 1, "columns": []}}, "does not say"),
        ("sequences", {"member_id_seq": -1}, "does not say"),
        ("tables", None, "does not say"),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(
    backed_up, nowhere, tmp_path, key, value, said
):
    changed = tars.resealed(
        tars.taken_apart(backed_up.backup), lambda told: told.update({key: value})
    )
    assert said in refused(nowhere, tars.put_together(changed, tmp_path / "changed.tar"))


def test_a_table_with_another_number_of_rows_is_named(backed_up, nowhere, tmp_path):
    def claim_more(told):
        told["tables"]["member"]["count"] += 1

    changed = tars.resealed(tars.taken_apart(backed_up.backup), claim_more)
    said = refused(nowhere, tars.put_together(changed, tmp_path / "changed.tar"))
    assert "member" in said and "rows" in said


def test_a_backup_of_the_other_database_is_refused(backed_up, nowhere, tmp_path):
    def turn_round(told):
        told["database"] = "sqlite" if told["database"] == "postgresql" else "postgresql"

    changed = tars.resealed(tars.taken_apart(backed_up.backup), turn_round)
    home = nowhere
    with pytest.raises(Unsound, match="DATABASE_URL names"):
        home.restore(tars.put_together(changed, tmp_path / "changed.tar"))
    assert_still_empty(home)


def test_a_place_that_is_not_empty_is_left_as_it_is(backed_up, move_in):
    home = move_in()
    (home.folder / "mail").mkdir()
    with pytest.raises(Unsound, match="mail is in the way"):
        home.restore(backed_up.backup)
    (home.folder / "mail").rmdir()
    home.restore(backed_up.backup)
    with pytest.raises(Unsound, match="has tables"):
        home.restore(backed_up.backup)
    assert home.rows() == backed_up.home.rows()


def test_a_place_that_holds_caches_alone_is_empty_and_they_are_cleared(backed_up, move_in):
    home = move_in()
    for name in ("kept-here.sqlite3", "kept-here.sqlite3-wal"):
        (home.folder / name).write_text("a page of before")
    (home.folder / "search" / "whoosh-1").mkdir(parents=True)
    home.restore(backed_up.backup)
    assert home.rows() == backed_up.home.rows()
    left = {path.name for path in home.folder.iterdir()}
    assert not left & {"kept-here.sqlite3", "kept-here.sqlite3-wal", "search"}


def test_caches_stay_where_nothing_is_restored(backed_up, move_in):
    home = move_in()
    kept = home.folder / "kept-here.sqlite3"
    for name in ("kept-here.sqlite3", "something of mine"):
        (home.folder / name).write_text("words")
    with pytest.raises(Unsound, match="something of mine is in the way"):
        home.restore(backed_up.backup)
    assert kept.exists()


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_copy_that_is_damaged_inside_is_said_to_be(backed_up, nowhere, tmp_path):
    """Its hash agrees: it was already so when it was backed up."""
    members = tars.taken_apart(backed_up.backup)
    rotten = bytearray(members[DATABASE])
    rotten[4096 * 20 : 4096 * 40] = bytes(4096 * 20)
    changed = tars.resealed(members | {DATABASE: bytes(rotten)})
    said = refused(nowhere, tars.put_together(changed, tmp_path / "changed.tar"))
    assert said.startswith(f"{DATABASE}: ")


def test_where_there_is_no_community_yet_there_is_nothing_to_back_up(move_in, tmp_path):
    home = move_in()
    with pytest.raises(Unsound, match="flask db upgrade"):
        home.create(tmp_path / "made.tar")
    assert not list(home.folder.glob("*.sqlite3"))


def test_the_command_says_what_is_wrong_and_ends_with_1(backed_up, tmp_path):
    (tmp_path / "empty.tar").touch()
    runner = backed_up.home.app.test_cli_runner()
    told = runner.invoke(args=["backup", "verify", str(tmp_path / "empty.tar")])
    assert told.exit_code == 1 and "cut off" in told.output


def test_nothing_is_restored_under_people_who_are_served(backed_up, database, nowhere):
    """A worker is at work: their pages would live on, of a community that is no longer there."""
    home = nowhere
    with home.app.app_context(), ExitStack() as at_work:
        if database == "sqlite":
            lock = at_work.enter_context((home.folder / "worker.lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_SH)
        else:
            connection = at_work.enter_context(db.engine.connect())
            connection.execute(select(func.pg_advisory_lock(LOCK, 1)))
        with pytest.raises(Unsound, match="Guildhall is at work here"):
            restore(backed_up.backup, progress=silent)
        if database == "postgresql":
            connection.invalidate()
    assert_still_empty(home)


def test_nothing_is_restored_where_a_web_part_alone_serves(backed_up, nowhere, monkeypatch):
    home = nowhere
    monkeypatch.setenv("DATA_DIR", str(home.folder))
    monkeypatch.setattr(occupied, "_held", [])
    serving.on_starting(None)
    with home.app.app_context(), pytest.raises(Unsound, match="Guildhall is at work here"):
        restore(backed_up.backup, progress=silent)
    assert_still_empty(home)
    occupied._held.pop().close()
    with kept_free(home.folder) as is_free:
        assert is_free


def test_people_are_served_also_from_a_folder_that_knows_no_locks(tmp_path, monkeypatch):
    def refuse(*_asked):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(occupied, "_held", [])
    monkeypatch.setattr(occupied.fcntl, "flock", refuse)
    occupied.occupy(tmp_path)
    assert occupied._held


def test_nobody_begins_to_serve_while_a_backup_is_restored(tmp_path):
    with kept_free(tmp_path) as is_free, pytest.raises(SystemExit, match="being restored"):
        assert is_free
        occupied.occupy(tmp_path)
