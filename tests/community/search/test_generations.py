"""An index is a cache: torn, absent or old, it is rebuilt, and readers follow."""

import pytest

from community.search import generations
from community.search.generations import Unreadable, check, current, engine_for, rebuild
from community.search.grammar import parse
from tests.community.search.documents import FOR_EVERYONE, a


def total(root):
    return current(root).search(parse("walnut"), FOR_EVERYONE).total


def files_of(root):
    return [
        file
        for file in current(root).directory.rglob("*")
        if file.is_file() and file.name != "format"
    ]


def test_without_an_index_there_is_nothing_to_read(tmp_path):
    with pytest.raises(Unreadable):
        current(tmp_path)


def test_a_rebuild_replaces_the_index_and_readers_follow(kind, tmp_path):
    rebuild(tmp_path, kind, [a("topic", "Walnut")])
    before = current(tmp_path)
    rebuild(tmp_path, kind, [a("topic", "Walnut"), a("topic", "Walnut")])
    assert total(tmp_path) == 2
    assert current(tmp_path) is not before
    assert before.search(parse("walnut"), FOR_EVERYONE).total == 1


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(kind, tmp_path):
    rebuild(tmp_path, kind, [a("topic", "Walnut")])

    def breaking():
        yield a("topic", "Walnut")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rebuild(tmp_path, kind, breaking())
    assert total(tmp_path) == 1


def test_documents_move_from_one_engine_to_the_other(tmp_path):
    rebuild(tmp_path, engine_for(20_000), [a("topic", "Walnut")])
    assert current(tmp_path).name == "whoosh"
    rebuild(tmp_path, engine_for(20_001), [a("topic", "Walnut")])
    assert current(tmp_path).name == "fts5"
    assert total(tmp_path) == 1


def test_an_index_of_another_format_is_not_read(kind, tmp_path, monkeypatch):
    rebuild(tmp_path, kind, [a("topic", "Walnut")])
    generations.forget()
    monkeypatch.setattr(generations, "FORMAT", generations.FORMAT + 1)
    with pytest.raises(Unreadable):
        current(tmp_path)


def test_a_torn_index_is_noticed_and_rebuilt(kind, tmp_path):
    documents = [a("topic", f"Walnut {n}", "text " * 50) for n in range(50)]
    rebuild(tmp_path, kind, documents)
    for file in files_of(tmp_path):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    generations.forget()
    with pytest.raises(Unreadable):
        check(tmp_path)
    rebuild(tmp_path, kind, documents)
    assert check(tmp_path).size() == 50


def test_each_file_of_an_index_is_needed(kind, tmp_path):
    rebuild(tmp_path, kind, [a("topic", "Walnut")])
    needed = [file for file in files_of(tmp_path) if file.suffix in (".seg", ".toc", ".sqlite")]
    for file in needed:
        whole = file.read_bytes()
        file.write_bytes(b"\0" * len(whole))
        generations.forget()
        with pytest.raises(Unreadable):
            check(tmp_path)
        file.write_bytes(whole)
    assert needed
