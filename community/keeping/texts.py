"""The texts on a page that are made for each reader."""

from collections.abc import Sequence
from typing import TypeGuard

from community.keeping.own import Place, Reader, new_each_time, say
from community.keeping.parting import Words
from community.keeping.together import NotYet


class Texts:
    """One reader's, each made once, however often it stands on the page."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self.said: dict[bytes | Place, bytes] = {}

    def make(self, reader: Reader) -> None:
        """All that have not been made yet: of those of one kind, what has to be asked is mostly
        the same.
        """
        waiting: dict[str, NotYet] = {}
        for place in self.places:
            if place not in self.said and place[0] not in waiting:
                try:
                    self.said[place] = say(reader, place)
                except NotYet as later:
                    waiting[place[0]] = later
        for later in waiting.values():
            raise later

    def put_into(self, words: Sequence[bytes | Place], reader: Reader) -> Words:
        self.places = [word for word in words if is_text(word)]
        self.make(reader)
        return tuple([word if type(word) is bytes else self.said.get(word, word) for word in words])


def is_text(word: bytes | Place) -> TypeGuard[Place]:
    """One that stays the same, each time that the reader is given the page."""
    return type(word) is not bytes and word[0] not in new_each_time
