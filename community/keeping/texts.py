"""The texts on a page that are made for each reader."""

from collections.abc import Iterable, Mapping
from typing import TypeGuard

from community.keeping.own import Abouts, Place, Reader, new_each_time, texts
from community.keeping.parting import Words
from community.keeping.together import NotYet

# The different places of each kind, and what they are about.
Wanted = Mapping[str, tuple[tuple[Place, ...], Abouts]]


class Texts:
    """One reader's, each made once, however often it stands on the page."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = dict(wanted)
        self.said: dict[bytes | Place, bytes] = {}

    def make(self, reader: Reader) -> None:
        """All that have not been made yet; those of one kind together."""
        waiting: NotYet | None = None
        for kind, (places, abouts) in list(self.wanted.items()):
            try:
                given = texts[kind](reader, abouts)
            except NotYet as later:
                waiting = later
                continue
            self.said.update(zip(places, [text.encode() for text in given], strict=True))
            del self.wanted[kind]
        if waiting:
            raise waiting


def texts_in(words: Iterable[bytes | Place]) -> Wanted:
    found: dict[str, dict[Place, None]] = {}
    for place in filter(is_text, words):
        found.setdefault(place[0], {})[place] = None
    return {
        kind: (tuple(places), [about for _kind, about in places]) for kind, places in found.items()
    }


def is_text(word: bytes | Place) -> TypeGuard[Place]:
    """One that stays the same, each time that the reader is given the page."""
    return type(word) is not bytes and word[0] not in new_each_time


class Layout:
    """All that stands on a page for those who have the same variants, with places for their texts.

    `elsewhere` are those texts that do not stand between the variants.
    """

    def __init__(self, words: Words, between: Wanted) -> None:
        self.words = words
        self.places = tuple([number for number, word in enumerate(words) if is_text(word)])
        known = {place for places, _abouts in between.values() for place in places}
        self.elsewhere = texts_in([words[at] for at in self.places if words[at] not in known])

    def with_texts(self, texts: Texts, reader: Reader) -> Words:
        if self.elsewhere:
            texts.wanted |= self.elsewhere
            texts.make(reader)
        words = list(self.words)
        for place in self.places:
            words[place] = texts.said[words[place]]
        return tuple(words)
