"""An index is a cache: torn, absent or old, it is rebuilt, and readers follow."""

import pytest

from community.search import generations, postgresql_place
from community.search.fts5_engine import FTS5Engine
from community.search.generations import Folder
from community.search.grammar import parse
from community.search.places import BeingWritten, Unreadable
from community.search.postgresql_tables import NAMES
from community.search.whoosh_engine import WhooshEngine
from tests.community.search.documents import FOR_EVERYONE, a


def total(place):
    with place.reading() as engine:
        return engine.search(parse("walnut"), FOR_EVERYONE).total


in_files = pytest.mark.parametrize(
    "kind", [WhooshEngine, FTS5Engine], ids=lambda kind: kind.name, indirect=True
)


@pytest.fixture
def in_tables(tables):
    kind = tables.engine_for(1)
    tables.rebuild(kind, [a("topic", f"Walnut {number}") for number in range(3)])
    return tables


def files_of(place):
    return [
        file
        for file in place.current().directory.rglob("*")
        if file.is_file() and file.name != "format"
    ]


def test_without_an_index_there_is_nothing_to_read(place):
    with pytest.raises(Unreadable):
        place.current()
    assert place.is_doubted() and not place.is_there()


def test_a_rebuild_replaces_the_index_and_readers_follow(kind, place):
    place.rebuild(kind, [a("topic", "Walnut")])
    place.rebuild(kind, [a("topic", "Walnut"), a("topic", "Walnut")])
    assert total(place) == 2


@in_files
def test_those_who_have_files_open_read_them_to_the_end(kind, place):
    before = place.rebuild(kind, [a("topic", "Walnut")])
    assert place.rebuild(kind, [a("topic", "Oak")]) is not before
    assert before.search(parse("walnut"), FOR_EVERYONE).total == 1


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(kind, place):
    place.rebuild(kind, [a("topic", "Walnut")])

    def breaking():
        yield a("topic", "Walnut")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        place.rebuild(kind, breaking())
    assert total(place) == 1


def test_during_a_rebuild_the_old_index_answers_and_nobody_else_writes(kind, place):
    place.rebuild(kind, [a("topic", "Walnut")])

    def looking():
        yield a("topic", "Walnut")
        assert total(place) == 1
        with pytest.raises(BeingWritten), place.writing_now():
            pass
        yield a("topic", "Walnut")

    place.rebuild(kind, looking())
    assert total(place) == 2
    with place.writing_now():
        pass


def test_documents_move_from_one_engine_to_the_other(tmp_path):
    place = Folder(tmp_path)
    place.rebuild(place.engine_for(20_000), [a("topic", "Walnut")])
    assert place.current().name == "whoosh"
    place.rebuild(place.engine_for(20_001), [a("topic", "Walnut")])
    assert place.current().name == "fts5"
    assert total(place) == 1


def test_an_index_of_another_format_is_not_read(kind, place, monkeypatch):
    place.rebuild(kind, [a("topic", "Walnut")])
    generations.forget()
    for module in (generations, postgresql_place):
        monkeypatch.setattr(module, "FORMAT", module.FORMAT + 1)
    with pytest.raises(Unreadable):
        place.current()


@in_files
def test_a_torn_index_is_noticed_and_rebuilt(kind, place):
    documents = [a("topic", f"Walnut {n}", "text " * 50) for n in range(50)]
    place.rebuild(kind, documents)
    for file in files_of(place):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    generations.forget()
    with pytest.raises(Unreadable):
        place.check()
    place.rebuild(kind, documents)
    assert place.check().size() == 50


@in_files
def test_each_file_of_an_index_is_needed(kind, place):
    place.rebuild(kind, [a("topic", "Walnut")])
    needed = [file for file in files_of(place) if file.suffix in (".seg", ".toc", ".sqlite")]
    for file in needed:
        whole = file.read_bytes()
        file.write_bytes(b"\0" * len(whole))
        generations.forget()
        with pytest.raises(Unreadable):
            place.check()
        file.write_bytes(whole)
    assert needed


@pytest.mark.parametrize("name", NAMES)
def test_each_table_of_an_index_is_needed(in_tables, name):
    with in_tables.database.connection() as connection:
        connection.execute(f"DROP TABLE search_index_{name}")
    with pytest.raises(Unreadable):
        total(in_tables)
    in_tables.rebuild(in_tables.engine_for(1), [a("topic", "Walnut")])
    assert in_tables.check().size() == 1


@pytest.mark.parametrize("name", ["document", "card"])
def test_tables_that_lost_rows_are_noticed(in_tables, name):
    with in_tables.database.connection() as connection:
        connection.execute(f"DELETE FROM search_index_{name} WHERE number = 2")
    with pytest.raises(Unreadable):
        in_tables.check()


def test_a_reader_who_cannot_read_leaves_a_doubt_behind(in_tables):
    assert not in_tables.is_doubted()
    with in_tables.database.connection() as connection:
        connection.execute("ALTER TABLE search_index_card RENAME COLUMN document TO torn")
    with pytest.raises(Unreadable):
        total(in_tables)
    assert in_tables.is_doubted()
    in_tables.rebuild(in_tables.engine_for(1), [])
    assert not in_tables.is_doubted()
