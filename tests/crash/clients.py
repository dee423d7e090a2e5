"""Clients that write over HTTP and keep a book of what they were told."""

import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

from tests.crash.settling import Person, Places

DEEDS = {"reply": 6, "vote": 6, "unvote": 1, "react": 4, "unreact": 1}
NOTHING_HAPPENED = 429
# Nobody knows: the database may have gone away after it had committed.
TRY_AGAIN = (503, 507)
PAUSE_SECONDS = 0.25  # as people pause who are told to come again


@dataclass(frozen=True)
class Reply:
    """A post as it was sent; sending it again must not make a second one."""

    token: str
    person: Person
    thread: str


@dataclass
class Book:
    """What one client knows.

    `replies` says of each whether it was acknowledged. `standing` holds, for every member and idea
    or post, whether the vote or reaction may be there: one answer, or both while none has come.
    """

    replies: dict[Reply, bool] = field(default_factory=dict)
    standing: dict[tuple[str, int, str], set[bool]] = field(default_factory=dict)
    acknowledged: int = 0
    put_off: Counter[int] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)

    def note(self, status: int, url: str) -> bool | None:
        """Whether it was acknowledged; None where it may have happened."""
        if status < 400:
            self.acknowledged += 1
            return True
        if status in TRY_AGAIN:
            self.put_off[status] += 1
            return None
        if status != NOTHING_HAPPENED:
            self.refused.append(f"{status} for {url}")
        return False


class Client(threading.Thread):
    """One browser after another of its own people, until it is told to end or nobody answers."""

    def __init__(
        self, port: int, people: Sequence[Person], places: Places, book: Book, seed: str
    ) -> None:
        super().__init__(daemon=True)
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.people, self.places, self.book = people, places, book
        self.chance = random.Random(seed)
        self.ending = threading.Event()

    def run(self) -> None:
        try:
            while not self.ending.is_set():
                deed = self.chance.choices(list(DEEDS), list(DEEDS.values()))[0]
                getattr(self, deed)(self.chance.choice(self.people))
        except (OSError, HTTPException):
            pass  # killed: what was under way stays open in the book
        finally:
            self.connection.close()

    def reply(self, person: Person) -> None:
        self.send_reply(Reply(uuid.uuid4().hex, person, self.chance.choice(self.places.threads)))

    def send_reply(self, reply: Reply) -> None:
        self.book.replies[reply] = False
        fields = {"text": f"Reply {reply.token}", "submission": reply.token}
        if self._post(f"/threads/{reply.thread}/posts", reply.person, **fields):
            self.book.replies[reply] = True

    def vote(self, person: Person) -> None:
        idea = self.chance.choice(self.places.ideas)
        self._set(("vote", person.member_id, idea), True, f"/ideas/{idea}/vote", person)

    def unvote(self, person: Person) -> None:
        idea = self.chance.choice(self.places.ideas)
        self._set(("vote", person.member_id, idea), False, f"/ideas/{idea}/vote/delete", person)

    def react(self, person: Person) -> None:
        post = self.chance.choice(self.places.posts)
        url = f"/reactions/post/{post}/thank"
        self._set(("reaction", person.member_id, post), True, url, person)

    def unreact(self, person: Person) -> None:
        post = self.chance.choice(self.places.posts)
        url = f"/reactions/post/{post}/thank/delete"
        self._set(("reaction", person.member_id, post), False, url, person)

    def _set(self, what: tuple[str, int, str], wanted: bool, url: str, person: Person) -> None:
        before = self.book.standing.get(what, {False})
        self.book.standing[what] = before | {wanted}
        done = self._post(url, person)
        if done is not None:
            self.book.standing[what] = {wanted} if done else before

    def _post(self, url: str, person: Person, **fields: str) -> bool | None:
        """Whether it was acknowledged; without an answer this raises."""
        self.connection.request("POST", url, person.form(**fields), person.headers())
        answer = self.connection.getresponse()
        answer.read()
        if answer.status in TRY_AGAIN:
            time.sleep(PAUSE_SECONDS)
        return self.book.note(answer.status, url)


@contextmanager
def writing(clients: Iterable[Client]) -> Iterator[None]:
    """All of them write while the block runs."""
    clients = list(clients)
    for client in clients:
        client.start()
    yield
    for client in clients:
        client.ending.set()
    for client in clients:
        client.join()
