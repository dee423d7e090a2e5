"""Reads the demo's ideas and releases, and deals out the votes that each idea is said to have."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from community.demo.cast import Person
from community.demo.manuscripts import Entry, Manuscript, read_manuscripts, read_tables
from community.demo.moments import moment
from community.demo.script import Said, Script, said

HERE = Path(__file__).parent
SEED = "Brightwell votes"
OPEN = frozenset({"new", "under_review", "needs_info"})
COMMITTED = frozenset({"planned", "in_progress", "testing", "community_build"})
DONE = frozenset({"shipped", "measured", "already_exists"})
CLOSED = frozenset({"not_now", "declined", "merged", "withdrawn", "removed"})
STATUSES = frozenset({"draft", "pending"}) | OPEN | COMMITTED | DONE | CLOSED
TAKES_VOTES = OPEN | {"community_build", "not_now"}


@dataclass(frozen=True)
class Release:
    """One that has not come out yet has no date, only a quarter, counted from this one."""

    name: str
    summary: str
    text: str
    at: datetime | None
    quarter: tuple[int, int] | None


@dataclass(frozen=True)
class Step:
    """A change of status with its public reason; `facts` are what the new status asks for."""

    by: str
    at: datetime
    status: str
    reason: str
    facts: dict[str, str]

    @property
    def played_as(self) -> str:
        """Until ideas can be merged, the second of two says where the first is."""
        return "already_exists" if self.status == "merged" else self.status


@dataclass
class IdeaStory:
    key: str
    board: str
    title: str
    by: str
    at: datetime
    text: str
    tags: tuple[str, ...]
    start: str
    steps: list[Step]
    comments: list[Said]
    votes_wanted: int
    votes: list[tuple[str, datetime]] = field(default_factory=list)

    @property
    def status(self) -> str:
        return self.steps[-1].status if self.steps else self.start

    def windows(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """When votes were taken."""
        status, since = self.start, self.at
        for step in self.steps:
            if status in TAKES_VOTES:
                yield since, step.at
            status, since = step.status, step.at
        if status in TAKES_VOTES:
            yield since, now


def read_ideas(script: Script) -> list[IdeaStory]:
    ideas = [_idea(found) for found in read_manuscripts(HERE / "ideas", script.now)]
    random = Random(SEED)
    for idea in ideas:
        idea.votes = sorted(_votes(idea, script, random), key=lambda vote: vote[1])
    return ideas


def read_releases(now: datetime) -> dict[str, Release]:
    tables = read_tables(HERE / "releases.toml").items()
    return {
        name: Release(
            name,
            facts["summary"],
            facts["text"].strip(),
            moment(facts["at"], now=now) if "at" in facts else None,
            quarter_ahead(now, facts["quarter"]) if "quarter" in facts else None,
        )
        for name, facts in tables
    }


def quarter_ahead(now: datetime, ahead: int) -> tuple[int, int]:
    """Year and quarter, so many quarters after that of `now`."""
    quarters = now.year * 4 + (now.month - 1) // 3 + ahead
    return quarters // 4, quarters % 4 + 1


def _idea(found: Manuscript) -> IdeaStory:
    head = found.head
    steps = [_step(entry, to) for entry in found.entries if (to := _status(entry))]
    comments = [said(entry) for entry in found.entries if not _status(entry)]
    return IdeaStory(
        found.key,
        head["board"],
        head["title"],
        head["by"],
        found.at,
        found.text,
        tuple(head.get("tags", ())),
        head.get("status", "new"),
        steps,
        comments,
        head["votes"],
    )


def _status(entry: Entry) -> str | None:
    return next((word for word in entry.clauses if word in STATUSES), None)


def _step(entry: Entry, status: str) -> Step:
    facts = {word: rest for word, rest in entry.clauses.items() if word not in STATUSES}
    return Step(entry.by, entry.at, status, entry.text, facts)


def _votes(idea: IdeaStory, script: Script, random: Random) -> Iterator[tuple[str, datetime]]:
    windows = list(idea.windows(script.now))
    people = [
        person
        for key, person in sorted(script.cast.people.items())
        if _votes_at_all(person, idea, windows)
    ]
    random.shuffle(people)
    people.sort(key=lambda person: -_eagerness(person, random))
    for person in people[: idea.votes_wanted]:
        yield person.key, _moment_within(windows, person, random)


def _votes_at_all(person: Person, idea: IdeaStory, windows: list) -> bool:
    return (
        person.lively > 1
        and person.segment != "bot"
        and person.key != idea.by
        and bool(windows)
        and person.joined < windows[-1][1] - timedelta(hours=2)
    )


def _eagerness(person: Person, random: Random) -> float:
    """Customers first: it is their board. Employees vote as well, and are counted apart."""
    return random.random() * (1 + person.lively) * (0.3 if person.is_employee else 1)


def _moment_within(windows: list, person: Person, random: Random) -> datetime:
    """Early votes are more likely than late ones: an idea is read most in its first days."""
    begin, end = next(
        window for window in reversed(windows) if person.joined < window[1] - timedelta(hours=1)
    )
    if random.random() < 0.7 and person.joined < windows[0][1] - timedelta(hours=1):
        begin, end = windows[0]
    begin = max(begin, person.joined)
    return begin + (end - begin) * (random.random() ** 2 * 0.98 + 0.01)
