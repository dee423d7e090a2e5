"""Where an index lies, who may write it, and what happens when it cannot be read."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from community.search.documents import Document
from community.search.engine import Engine, Scope
from community.search.grammar import Query
from community.search.planning import Plan

log = logging.getLogger(__name__)


class Unreadable(Exception):
    """There is no index, it is torn, or an older version wrote it: it must be rebuilt."""


class BeingWritten(Exception):
    """Another process is writing or rebuilding the index."""


class Place(ABC):
    """An index in use, which a rebuild replaces while it answers."""

    # What reading a torn index ends in.
    torn: tuple[type[Exception], ...] = ()
    engines: Mapping[str, type[Engine]]

    def lack(self) -> str:
        """What it would find more with, in a sentence."""
        return ""

    @abstractmethod
    def engine_for(self, count: int) -> type[Engine]:
        """The engine that is comfortable with so many documents."""

    @abstractmethod
    def is_there(self) -> bool:
        """Whether an index was ever built, readable or not."""

    @abstractmethod
    def current(self) -> Engine:
        """The index in use; raise `Unreadable`."""

    @abstractmethod
    def rebuild(self, kind: type[Engine], documents: Iterable[Document]) -> Engine:
        """A new index of these documents in place of the current one, which answers until the end.

        Wait for whoever writes.
        """

    @abstractmethod
    def writing_now(self) -> AbstractContextManager[None]:
        """Be the only writer, across processes; raise `BeingWritten` if there is another one."""

    @abstractmethod
    def doubt(self) -> None:
        """Ask the worker to look at the index: a reader, who writes no rows, could not read it."""

    @abstractmethod
    def is_doubted(self) -> bool:
        """Whether there is no index, or one that somebody could not read."""

    @abstractmethod
    def trust(self) -> None:
        """Take the doubt away."""

    def is_outgrown(self) -> bool:
        """Whether the index has more documents than its engine is comfortable with."""
        return False

    @contextmanager
    def reading(self) -> Iterator[Engine]:
        """The current index for a question. What turns out torn is reported to the worker."""
        try:
            yield self.current()
        except self.torn as torn:
            log.exception("the search index could not be read")
            self.doubt()
            raise Unreadable(repr(torn)) from torn
        except Unreadable:
            self.doubt()
            raise

    def check(self) -> Engine:
        """The current index, once it has shown that it can be read from end to end."""
        engine = self.current()
        try:
            engine.verify()
            engine.find(Plan(Query(""), ()), Scope(audiences=frozenset()), limit=1)
        except Exception as torn:
            raise Unreadable(repr(torn)) from torn
        return engine
