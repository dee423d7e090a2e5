"""The store of kept pages: what a process holds in memory, and what lies on the disk for all."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace

import pytest
from markupsafe import Markup

from community.keeping.answers import Kept
from community.keeping.cupboard import Cupboard
from community.keeping.own import Place
from community.keeping.pages import Made
from community.keeping.parting import Apart, Parted
from community.keeping.sharing import SharedPage
from community.keeping.shelf import MOST_OFFERED, Shelf
from community.watching.models import WatchLevel

TEXT = Place("thread.first_unread", (7, "abc", "/t/abc", Markup("R&amp;D")))
WATCH, TOPIC = Place("watch", ((("topic", 7),),)), Place("topic.new", (7, datetime.now(UTC)))

SECRETS = {"secret_key": "s" * 32, "database_url": "sqlite://"}


@dataclass
class Thing:
    size: int


@pytest.fixture
def cupboard(tmp_path):
    return Cupboard(SimpleNamespace(data_dir=tmp_path, **SECRETS))  # type: ignore[arg-type]


@pytest.fixture
def kept():
    rest = Apart(((b"one", TEXT), (), (b"two",)), (WATCH, TOPIC), (0, 1), ((b"w",), (b"t",)))
    page = SharedPage(Parted(rest, {}, b"", ()), 5, Shelf(0), "/prefix")
    page.learned[WATCH, WatchLevel.MUTED] = (b"muted", TEXT)
    page.learned[TOPIC, (True, frozenset({"thank"}))] = ()
    note = partial(print, 1)
    made = Made(
        "forum.show", frozenset({1, 2}), (3, 4), (("topic", 7),), (9,), (note,), False, True
    )
    return Kept(page, [("Vary", "Cookie"), ("Content-Length", "6")], made)


def test_a_page_is_read_back_as_it_was_put_down(cupboard, kept):
    cupboard.put("key", kept)
    back = cupboard.get("key")
    assert back and isinstance(back.page, SharedPage) and isinstance(kept.page, SharedPage)
    for name in ("pieces", "places", "learned", "agreed", "prefix", "has_lists"):
        assert getattr(back.page, name) == getattr(kept.page, name), name
    assert [one[0] for one in back.page.kinds] == [one[0] for one in kept.page.kinds]
    _one, text = back.page.pieces[0]
    assert not isinstance(text, bytes) and type(text[1][3]) is Markup
    assert (back.at, back.made.stands, back.made.rows) == (kept.at, (3, 4), (("topic", 7),))
    assert (back.made.audiences, back.made.for_long) == (frozenset({1, 2}), True)
    assert back.made.notes[0].args == (1,) and back.made.is_like(kept.made)
    assert back.headers == [("Vary", "Cookie")] and back.checked is None


def test_what_was_changed_on_the_disk_is_not_read(cupboard, kept):
    cupboard.put("key", kept)
    [(body,)] = cupboard.connection.execute("SELECT body FROM kept").fetchall()
    cupboard.connection.execute("UPDATE kept SET body = ?", (body.replace(b"two", b"owt"),))
    assert b"two" in body and cupboard.get("key") is None


@pytest.mark.parametrize("body", [7, 1.5, "a text", b"", b"few"])
def test_what_is_no_longer_even_of_its_kind_is_not_read(cupboard, kept, body):
    cupboard.put("key", kept)
    cupboard.connection.execute("UPDATE kept SET body = ?", (body,))
    assert cupboard.get("key") is None


def test_nothing_is_left_on_the_disk_of_what_was_cleared_whoever_is_at_it(cupboard, kept, tmp_path):
    other = Cupboard(SimpleNamespace(data_dir=tmp_path, **SECRETS))  # type: ignore[arg-type]
    (tmp_path / "kept-another-machine.sqlite3").write_bytes(b"muted")
    for number in range(50):
        cupboard.put(number, kept)
        cupboard.drop(number - 1)
    assert other.get(49)
    other.connection.execute("BEGIN IMMEDIATE")
    cupboard.clear()
    assert not list(tmp_path.glob("kept-*"))
    assert cupboard.get(49) is None and other.get(49) is None
    other.put("key", kept)
    assert cupboard.get("key")


def test_what_is_asked_for_once_takes_nothing_from_the_shelf():
    shelf = Shelf[Thing](10_000)
    for _again in range(2):
        shelf.offer("often", Thing(900))
    for number in range(2 * MOST_OFFERED):
        shelf.offer(number, Thing(900))
    assert shelf.get("often") and len(shelf) == 1
    shelf.offer(2 * MOST_OFFERED - 1, Thing(900))
    shelf.offer(0, Thing(900))
    assert shelf.get(2 * MOST_OFFERED - 1) and shelf.get(0) is None


def test_the_shelf_holds_no_more_than_it_may_whatever_grows_on_it():
    shelf, growing = Shelf[Thing](10_000), Thing(500)
    shelf.put("growing", growing)
    growing.size = 900
    shelf.put("growing", growing)
    for number in range(20):
        shelf.put(number, Thing(900))
    assert len(shelf) == 11 and shelf.bytes == 9_900
    shelf.put(19, Thing(1_001))
    assert shelf.get(19) is None and shelf.bytes == 9_000
