"""What a process remembers never grows past what it is allowed."""

from community.bounded import Bounded


def test_one_more_than_there_is_room_for_makes_room():
    known = Bounded[str, int](2)
    for name in ("ada", "ben", "cleo"):
        known[name] = len(name)
    assert known == {"cleo": 4}


def test_who_is_known_already_takes_no_more_room():
    known = Bounded[str, int](2)
    for name in ("ada", "ben", "ada"):
        known[name] = len(name)
    assert set(known) == {"ada", "ben"}
