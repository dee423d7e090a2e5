"""Archives that mean harm: refused by name, and nothing is written but into a folder of ours."""

import io
import tarfile

import pytest
from sqlalchemy import text

from community.backup.manifest import DATABASE, MANIFEST, SECRET, Unsound
from community.backup.packing import END, header
from community.backup.progress import silent
from community.backup.reading import opened
from community.backup.restoring import restore
from community.backup.verifying import verify
from community.database import session, write_transaction
from community.sqlite import sqlite_driver
from tests.community.backup import tars
from tests.community.backup.test_refusals import assert_still_empty, refused

NAME = f"attachments/ab/ab{'0' * 62}"
KINDS = {
    "symbolic link": (tarfile.SYMTYPE, "a symbolic link"),
    "hard link": (tarfile.LNKTYPE, "a hard link"),
    "device": (tarfile.CHRTYPE, "a device"),
    "disk": (tarfile.BLKTYPE, "a device"),
    "pipe": (tarfile.FIFOTYPE, "a pipe"),
    "folder": (tarfile.DIRTYPE, "a folder"),
    "holes": (tarfile.GNUTYPE_SPARSE, "a file with holes"),
    "long name": (tarfile.GNUTYPE_LONGNAME, "something"),
    "extension": (tarfile.XHDTYPE, "something"),
}
NAMES = (
    "../escaped",
    "/tmp/escaped",
    "attachments/../../escaped",
    f"attachments/cd/ab{'0' * 62}",
    "rows/../escaped.copy",
    "rows/member.copy\n",
    "database.sqlite3/../escaped",
    "backups/escaped",
    "\x1b[31mred",
    "",
)


def info(name: str, **told) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.mode = 0o600
    for key, value in told.items():
        setattr(made, key, value)
    return made


def with_member_first(backed_up, path, made: tarfile.TarInfo, content: bytes = b""):
    head = made.tobuf(tarfile.GNU_FORMAT)
    path.write_bytes(head + content + bytes(-len(content) % 512) + backed_up.backup.read_bytes())
    return path


@pytest.fixture
def around(tmp_path, nowhere):
    """Nothing beside the home and the archive changes, whatever a test does."""
    canary = nowhere.folder.parent / "escaped"
    yield
    assert not canary.exists()
    assert_still_empty(nowhere)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("database", ["sqlite"])
def test_only_plain_files_are_taken(backed_up, nowhere, around, tmp_path, kind):
    code, said = KINDS[kind]
    made = info(NAME, type=code, linkname="../../../../etc/passwd")
    assert said in refused(nowhere, with_member_first(backed_up, tmp_path / "bad.tar", made))


@pytest.mark.parametrize("database", ["sqlite"])
def test_only_names_that_backups_have_are_taken(backed_up, nowhere, around, tmp_path):
    for name in NAMES:
        said = refused(nowhere, with_member_first(backed_up, tmp_path / "bad.tar", info(name)))
        assert "is not the name of anything in a backup" in said
        assert "\x1b" not in said


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_header_with_more_in_it_than_we_write_is_refused(backed_up, nowhere, around, tmp_path):
    for told in ({"mode": 0o4755}, {"uid": 1}, {"uname": "root"}, {"mtime": 1}, {"size": -512}):
        said = refused(
            nowhere, with_member_first(backed_up, tmp_path / "bad.tar", info(NAME, **told))
        )
        assert f"{NAME}: its header is not as a backup writes it" in said


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_size_that_nobody_can_store_is_refused_at_once(backed_up, nowhere, around, tmp_path):
    for size in (2**62, 2**40, 10**7):
        made = info(NAME, size=size)
        said = refused(nowhere, with_member_first(backed_up, tmp_path / "bad.tar", made))
        assert said == f"{NAME}: is cut off"


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_name_given_twice_is_refused(backed_up, nowhere, around, tmp_path):
    made = info(SECRET, size=3)
    said = refused(nowhere, with_member_first(backed_up, tmp_path / "bad.tar", made, b"key"))
    assert said == f"{SECRET}: is there twice"


@pytest.mark.parametrize("database", ["sqlite"])
def test_what_is_compressed_is_not_unpacked(backed_up, nowhere, around, tmp_path):
    for mode in ("w:gz", "w:bz2", "w:xz"):
        bomb = tmp_path / "bomb.tar"
        with tarfile.open(bomb, mode) as tar:
            tar.addfile(info(NAME, size=10_000_000), io.BytesIO(bytes(10_000_000)))
        assert "after the beginning" in refused(nowhere, bomb)


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_manifest_that_is_a_bomb_is_refused(nowhere, around, tmp_path):
    bombs = (b"[" * 100_000, b"1" * 100_000, b'{"a":1,"a":2}', b"\xff\xfe", b"null", b"NaN", b"")
    for bomb in bombs:
        changed = tars.sealed({MANIFEST: bomb})
        said = refused(nowhere, tars.put_together(changed, tmp_path / "bad.tar"))
        assert said.startswith(MANIFEST)
    huge = tmp_path / "huge.tar"
    with huge.open("wb") as file:
        file.write(header(MANIFEST, 2**40))
        file.truncate(2**40 + 512)  # with a hole: nothing of it is on the disk
        file.seek(0, io.SEEK_END)
        file.write(header("manifest.json.sha256", 0) + END)
    assert refused(nowhere, huge) == f"{MANIFEST}: is too large"


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_folder_or_a_pipe_instead_of_a_file_is_refused(nowhere, around, tmp_path):
    with pytest.raises(OSError), opened(tmp_path):
        pass


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_trigger_that_would_be_executed_one_day_is_refused(backed_up, nowhere, around, tmp_path):
    for planted in (
        "CREATE TRIGGER late AFTER INSERT ON post BEGIN UPDATE member SET segment='employee'; END",
        "CREATE VIEW late AS SELECT * FROM member",
        "DROP TRIGGER audit_entry_no_update",
    ):
        members = tars.taken_apart(backed_up.backup)
        copy = tmp_path / "copy.sqlite3"
        copy.write_bytes(members[DATABASE])
        connection = sqlite_driver.connect(str(copy))
        connection.execute(planted)
        connection.close()
        changed = tars.resealed(members | {DATABASE: copy.read_bytes()})
        said = refused(nowhere, tars.put_together(changed, tmp_path / "bad.tar"))
        assert "late" in said or "audit_entry_no_update" in said.lower()


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_database_that_holds_one_is_told_so_when_it_is_backed_up(backed_up, move_in, tmp_path):
    home = move_in()
    home.restore(backed_up.backup)
    with home.app.app_context(), write_transaction():
        session.execute(text("CREATE VIEW late AS SELECT * FROM member"))
    with pytest.raises(Unsound, match="'late' is not Guildhall's"):
        home.create(tmp_path / "made.tar")
    assert list(tmp_path.glob("*.tar")) == []


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_file_under_a_name_that_is_not_its_hash_is_refused(backed_up, nowhere, around, tmp_path):
    changed = tars.resealed(tars.taken_apart(backed_up.backup) | {NAME: b"another's picture"})
    said = refused(nowhere, tars.put_together(changed, tmp_path / "bad.tar"))
    assert said == f"{NAME}: its name is not its sha256"


@pytest.mark.parametrize("database", ["postgresql"])
def test_rows_are_never_taken_for_commands(backed_up, nowhere, around, tmp_path):
    """What `COPY` reads as its end, or psql as an order, is no more than a wrong row."""
    planted = (
        b"\\.\nDROP TABLE member;\n",
        b"\\! touch escaped\nwords'); DROP TABLE member; --\t\x00\xff\n",
    )
    members, table = tars.taken_apart(backed_up.backup), "rows/search_miss.copy"
    for content in planted:
        changed = tars.resealed(members | {table: content}, _claim_lines(table, content))
        bad = tars.put_together(changed, tmp_path / "bad.tar")
        with nowhere.app.app_context(), pytest.raises(Unsound):
            restore(bad, progress=silent)


def _claim_lines(table, content):
    def claim(told):
        told["tables"][table[5:-5]]["count"] = content.count(b"\n")

    return claim


@pytest.mark.parametrize("database", ["postgresql"], scope="session")  # SQLite's come in the copy
def test_tables_columns_and_sequences_of_another_s_choice_are_refused(
    backed_up, nowhere, around, tmp_path
):
    def rename(told):
        told["tables"]["member"]["columns"][0] = "other"
        told["tables"]["pg_authid"] = {"count": 0, "columns": ["rolname"]}
        told["sequences"]["other_seq"] = 1

    members = tars.taken_apart(backed_up.backup) | {"rows/pg_authid.copy": b""}
    bad = tars.put_together(tars.resealed(members, rename), tmp_path / "bad.tar")
    with nowhere.app.app_context():
        verify(bad, progress=silent)  # each hash agrees: only the database knows its tables
        with pytest.raises(Unsound) as said:
            restore(bad, progress=silent)
    for name in ("member", "pg_authid", "other_seq"):
        assert name in str(said.value)
