"""The search index: torn, gone, or written by two, it is right again, and the doctor says so."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from community.doctor import doctor
from community.forum.actions import start_topic
from community.search import generations, indexing
from community.search.documents import Document
from community.search.generations import Folder
from community.search.jobs import look_after
from community.search.sources import every_document
from community.spaces.queries import find_space
from community.texts.preparation import prepare
from community.worker import run_jobs


@pytest.fixture
def write(sqlite_app, cast):
    """`write("Title")`: a topic, indexed by whoever runs the jobs."""
    plaza = find_space("plaza", cast.viewer("ada"))
    shutil.rmtree(folder().root, ignore_errors=True)
    generations.forget()

    def write(title: str) -> None:
        start_topic(plaza, title, prepare("Walnut."), by=cast.viewer("ada"))

    write("The first")
    indexing.rebuild_index()
    run_jobs()
    return write


def folder() -> Folder:
    place = indexing.place()
    assert isinstance(place, Folder)
    return place


def tear(how: str) -> None:
    for file in folder().current().directory.rglob("*"):
        if file.is_file() and how == "cut short":
            os.truncate(file, file.stat().st_size // 2)
        elif file.is_file() and how == "full of noise":
            file.write_bytes(os.urandom(file.stat().st_size))
    if how == "gone":
        shutil.rmtree(folder().root)
    generations.forget()


@pytest.mark.parametrize("how", ["cut short", "full of noise", "gone"])
def test_the_worker_builds_a_torn_index_anew_and_nothing_is_missing(write, how):
    tear(how)
    write("Written meanwhile")
    run_jobs()
    look_after()
    run_jobs()
    assert indexing.is_in_order() and indexing.astray() == []


def test_the_doctor_says_what_is_wrong_with_the_index_and_builds_it_when_told(sqlite_app, write):
    tear("full of noise")
    runner = sqlite_app.test_cli_runner()
    assert "it is absent or cannot be read" in runner.invoke(doctor).output
    said = runner.invoke(doctor, ["--mend"]).output
    assert "well   the search index holds what can be found" in said


def documents_while(something) -> Iterator[Document]:
    """Everything there was, and then something happens before the index is put in its place."""
    yield from list(every_document())
    something()


def test_what_is_written_during_a_rebuild_waits_for_its_end(write):
    def meanwhile() -> None:
        write("Written meanwhile")
        run_jobs()

    folder().rebuild(type(folder().current()), documents_while(meanwhile))
    assert indexing.is_waiting() and indexing.astray() == []
    look_after()
    run_jobs()
    assert not indexing.is_waiting() and indexing.astray() == []


@pytest.mark.fault("index written by two", caught_by="doctor: index compared with rows")
def test_an_index_written_by_two_is_noticed_and_set_right(sqlite_app, write, monkeypatch):
    def meanwhile() -> None:
        write("Written meanwhile")
        run_jobs()

    @contextmanager
    def without_lock(_folder: Folder) -> Iterator[None]:
        yield

    monkeypatch.setattr(Folder, "writing_now", without_lock)
    folder().rebuild(type(folder().current()), documents_while(meanwhile))
    assert not indexing.is_waiting() and indexing.astray()
    runner = sqlite_app.test_cli_runner()
    assert "rows are missing in it or too many" in runner.invoke(doctor).output
    assert indexing.compare()
    run_jobs()
    look_after()
    run_jobs()
    assert indexing.astray() == []
