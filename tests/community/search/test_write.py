"""Documents come, change and go; readers see each batch whole."""

import multiprocessing

import pytest

from community.search.grammar import parse
from tests.community.search.documents import FOR_EVERYONE, a

ROUNDS = 12


def test_a_document_written_again_replaces_itself(engine, found):
    found("walnut", a("topic", "Walnut", id=7))
    assert found("oak", a("topic", "Oak", id=7)) == ["Oak"]
    assert found("walnut") == []
    assert engine.size() == 1
    assert engine.keys() == {("topic", 7)}


def test_the_same_number_in_another_kind_is_another_document(engine):
    engine.write([a("topic", "Walnut", id=7), a("idea", "Walnut", id=7)])
    assert engine.size() == 2


def test_a_deleted_document_is_gone_from_hits_and_counts(engine):
    engine.write([a("topic", "Walnut", id=1), a("topic", "Walnut", id=2)])
    engine.write([], [("topic", 1), ("topic", 99)])
    results = engine.search(parse("walnut"), FOR_EVERYONE)
    assert (results.total, results.facets, [hit.id for hit in results.hits]) == (
        1,
        {"topic": 1},
        [2],
    )
    assert engine.similar("walnut", FOR_EVERYONE)[0].id == 2


def test_what_was_deleted_stays_gone_however_often_parts_are_merged(engine):
    for number in range(1, 31):
        engine.write([a("topic", "Walnut", id=number)])
        engine.write([], [("topic", number)] if number % 3 else [])
        hits = engine.search(parse("walnut"), FOR_EVERYONE, limit=100).hits
        assert {hit.id for hit in hits} == {one for one in range(1, number + 1) if one % 3 == 0}


def test_a_batch_that_fails_changes_nothing(engine):
    engine.write([a("topic", "Walnut", id=1)])

    def breaking():
        yield a("topic", "Oak", id=1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.write(breaking())
    engine.write([a("topic", "Teak", id=2)])
    assert engine.search(parse("walnut"), FOR_EVERYONE).total == 1
    assert engine.search(parse("oak"), FOR_EVERYONE).total == 0


def test_a_filter_on_tags_follows_a_change(found):
    found("tag:red", a("topic", "Walnut", id=1, tags=("red",)))
    assert found("tag:red", a("topic", "Walnut", id=1, tags=("brown",))) == []
    assert found("tag:brown") == ["Walnut"]


def read_until_done(kind, directory, answers):
    """Another process: every answer must be a whole batch of ten."""
    engine, last = kind(directory), 0
    while last < ROUNDS:
        results = engine.search(parse("walnut"), FOR_EVERYONE, limit=10)
        versions = {hit.title.striptags().split()[1] for hit in results.hits}
        if (len(results.hits), results.total, len(versions)) != (10, 10, 1):
            answers.put(f"{len(results.hits)} hits of {results.total}, versions {versions}")
            return
        last = int(versions.pop())
    answers.put("ok")


def test_two_processes_read_whole_batches_while_one_writes(kind, engine, home):
    def batch(version):
        return [a("topic", f"Walnut {version}", id=number) for number in range(1, 11)]

    engine.write(batch(0))
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    readers = [
        context.Process(target=read_until_done, args=(kind, home, answers)) for _ in range(2)
    ]
    for reader in readers:
        reader.start()
    for version in range(1, ROUNDS + 1):
        engine.write(batch(version))
    assert [answers.get(timeout=60) for _ in readers] == ["ok", "ok"]
    for reader in readers:
        reader.join()


def write_for_ever(kind, directory, started):
    engine, version = kind(directory), 0
    while True:
        version += 1
        engine.write([a("topic", f"Walnut {version}", id=number) for number in range(1, 6)])
        started.set()


def test_a_writer_that_is_killed_leaves_whole_batches_and_no_lock(kind, engine, home):
    context = multiprocessing.get_context("spawn")
    for _ in range(3):
        started = context.Event()
        writer = context.Process(target=write_for_ever, args=(kind, home, started))
        writer.start()
        assert started.wait(timeout=60)
        writer.kill()
        writer.join()
        hits = engine.search(parse("walnut"), FOR_EVERYONE).hits
        assert (len(hits), len({hit.title.striptags() for hit in hits})) == (5, 1)
    engine.write([a("topic", "Oak", id=9)])
    assert engine.search(parse("oak"), FOR_EVERYONE).total == 1
