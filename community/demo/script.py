"""The demo's story as its files tell it: spaces, topics, pages, articles, flags and drafts."""

from dataclasses import dataclass, field
from datetime import datetime

from community.demo.cast import HERE, Cast, members_of, read_cast
from community.demo.manuscripts import Entry, Manuscript, read_manuscripts, read_tables
from community.demo.moments import moment

LEVELS = ("see", "reply", "create", "moderate", "own")


@dataclass(frozen=True)
class Space:
    key: str
    name: str
    kind: str
    description: str
    grants: dict[str, str]
    mode: str = "discussion"
    parent: str | None = None
    watchers: tuple[str, ...] = ()

    @property
    def owners(self) -> list[str]:
        """Single members who own it, in the order of the file."""
        return [
            name.removeprefix("member:")
            for name, level in self.grants.items()
            if level == "own" and name.startswith("member:")
        ]


@dataclass
class Said:
    """A post or comment. `to` is the number of the post it answers; None is the opening one."""

    by: str
    at: datetime
    text: str
    to: int | None = None
    accepted_at: datetime | None = None
    likes: list[str] = field(default_factory=list)


@dataclass
class Topic:
    key: str
    title: str
    space: str
    posts: list[Said]
    language: str = "en"
    tags: tuple[str, ...] = ()
    pinned: bool = False
    watchers: list[str] = field(default_factory=list)

    @property
    def opening(self) -> Said:
        return self.posts[0]


@dataclass(frozen=True)
class Revised:
    by: str
    at: datetime
    note: str
    text: str


@dataclass(frozen=True)
class Page:
    key: str
    wiki: str
    title: str
    tags: tuple[str, ...]
    revisions: tuple[Revised, ...]


@dataclass(frozen=True)
class Article:
    key: str
    blog: str
    title: str
    by: str
    at: datetime
    text: str
    tags: tuple[str, ...]
    draft: bool
    comments: list[Said]


@dataclass(frozen=True)
class Flag:
    topic: str
    post: int
    by: str
    at: datetime
    kind: str
    reason: str
    decision: str
    decided_by: str | None = None
    decided_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Draft:
    by: str
    at: datetime
    text: str
    title: str = ""
    space: str | None = None
    topic: str | None = None


@dataclass
class Script:
    now: datetime
    cast: Cast
    spaces: dict[str, Space]
    topics: dict[str, Topic]
    pages: list[Page]
    articles: list[Article]
    flags: list[Flag]
    drafts: list[Draft]

    def allowed(self, space: str, level: str) -> set[str]:
        """Whom the space grants at least `level`."""
        enough = LEVELS[LEVELS.index(level) :]
        grants = self.spaces[space].grants.items()
        return set().union(
            *(members_of(self.cast, name) for name, given in grants if given in enough)
        )


def read_script(now: datetime) -> Script:
    """The hand-written part alone; `composer.compose` adds the small talk to it."""
    topics = {found.key: _topic(found) for found in read_manuscripts(HERE / "topics", now)}
    wikis = sorted(path for path in (HERE / "pages").iterdir() if path.is_dir())
    return Script(
        now=now,
        cast=read_cast(now),
        topics=topics,
        spaces={
            key: Space(key, **_tupled(facts))
            for key, facts in read_tables(HERE / "spaces.toml").items()
        },
        pages=[_page(found) for wiki in wikis for found in read_manuscripts(wiki, now)],
        articles=[_article(found) for found in read_manuscripts(HERE / "articles", now)],
        flags=[_flag(facts, topics, now) for facts in read_tables(HERE / "flags.toml").values()],
        drafts=[
            Draft(**facts | {"at": moment(facts["at"], now=now)})
            for facts in read_tables(HERE / "drafts.toml").values()
        ],
    )


def said(entry: Entry) -> Said:
    clauses = entry.clauses
    accepted = (
        moment(clauses["accepted"], now=entry.at, after=entry.at) if "accepted" in clauses else None
    )
    return Said(
        entry.by,
        entry.at,
        entry.text,
        int(clauses["re"]) if "re" in clauses else None,
        accepted,
        clauses.get("likes", "").split(),
    )


def _topic(found: Manuscript) -> Topic:
    head = found.head
    opening = Said(head["by"], found.at, found.text)
    return Topic(
        found.key,
        head["title"],
        head["space"],
        [opening, *map(said, found.entries)],
        head.get("language", "en"),
        tuple(head.get("tags", ())),
        head.get("pinned", False),
        list(head.get("watchers", ())),
    )


def _page(found: Manuscript) -> Page:
    head, text = found.head, found.text
    revisions = [Revised(head["by"], found.at, "", text)]
    for entry in found.entries:
        text = _with_sections("" if "anew" in entry.clauses else text, entry.text)
        revisions.append(Revised(entry.by, entry.at, entry.clauses["note"], text))
    return Page(
        found.key, head["wiki"], head["title"], tuple(head.get("tags", ())), tuple(revisions)
    )


def _article(found: Manuscript) -> Article:
    head = found.head
    return Article(
        found.key,
        head["blog"],
        head["title"],
        head["by"],
        found.at,
        found.text,
        tuple(head.get("tags", ())),
        head.get("draft", False),
        list(map(said, found.entries)),
    )


def _flag(facts: dict, topics: dict[str, Topic], now: datetime) -> Flag:
    at = moment(facts["at"], now=now, after=topics[facts["topic"]].posts[facts["post"] - 1].at)
    decided = facts.get("decided_at")
    return Flag(
        **facts | {"at": at, "decided_at": moment(decided, now=now, after=at) if decided else None}
    )


def _with_sections(text: str, change: str) -> str:
    """A revision holds only the sections it changes: each replaces its namesake, or comes last."""
    sections = _sections(text)
    for heading, body in _sections(change).items():
        sections[heading] = body if heading else f"{sections.get('', '')}\n{body}".strip()
    return "\n\n".join(body for body in sections.values() if body)


def _sections(text: str) -> dict[str, str]:
    sections = {"": ""}
    heading = ""
    for line in text.splitlines():
        if line.startswith("## "):
            heading = line
        sections[heading] = f"{sections.get(heading, '')}{line}\n"
    return {heading: body.strip() for heading, body in sections.items()}


def _tupled(facts: dict) -> dict:
    return facts | {"watchers": tuple(facts.get("watchers", ()))}
