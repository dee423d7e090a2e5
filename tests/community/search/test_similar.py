"""What is offered while a title is being typed."""

from dataclasses import replace

from tests.community.search.documents import FOR_EVERYONE, a


def titles(hits):
    return [hit.title.striptags() for hit in hits]


def test_one_shared_word_is_enough_and_more_come_first(engine):
    engine.write(
        [a("idea", "Dark theme"), a("idea", "Dark theme for phones"), a("idea", "Faster export")]
    )
    assert titles(engine.similar("a dark theme on my phone", FOR_EVERYONE)) == [
        "Dark theme for phones",
        "Dark theme",
    ]


def test_declined_and_shipped_ideas_are_offered_too(engine):
    engine.write(
        [a("idea", "Dark theme", status="declined"), a("idea", "A dark theme", status="shipped")]
    )
    assert {hit.status for hit in engine.similar("dark", FOR_EVERYONE)} == {"declined", "shipped"}


def test_a_half_typed_word_counts(engine):
    engine.write([a("idea", "Calendar subscription"), a("idea", "Export")])
    assert titles(engine.similar("subscr", FOR_EVERYONE)) == ["Calendar subscription"]


def test_a_misspelt_word_finds_its_like(engine):
    engine.write([a("idea", "Calendar subscription"), a("idea", "Export")])
    assert titles(engine.similar("calender import ", FOR_EVERYONE)) == ["Calendar subscription"]


def test_only_the_kinds_asked_for_come(engine):
    engine.write([a("idea", "Dark theme"), a("topic", "Dark theme")])
    (hit,) = engine.similar("dark theme", replace(FOR_EVERYONE, kinds=frozenset({"idea"})))
    assert hit.kind == "idea"


def test_the_idea_being_edited_is_left_out(engine):
    engine.write([a("idea", "Dark theme", id=1), a("idea", "Dark theme", id=2)])
    hits = engine.similar("dark theme", replace(FOR_EVERYONE, hidden=frozenset({("idea", 1)})))
    assert [hit.id for hit in hits] == [2]


def test_completion_holds_all_words_and_the_last_by_its_beginning(engine):
    engine.write(
        [a("topic", "Exporting invoices"), a("topic", "Export", "invoices"), a("topic", "Invoices")]
    )
    assert titles(engine.complete("export inv", FOR_EVERYONE)) == ["Exporting invoices"]
