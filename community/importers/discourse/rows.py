"""Topics and posts as the file has them, checked before anything is done with them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from community import clock
from community.markup import replace_unstorable
from community.texts.models import SOURCE_LENGTH

MOST = 2**31 - 1
PLAIN_POST = 1


class Wrong(ValueError):
    """A row that cannot be taken, and why."""


@dataclass(frozen=True)
class PostRow:
    """`text` is Markdown, or HTML where `cooked`; `user_id` is None for who was deleted."""

    id: int
    number: int
    username: str
    name: str
    user_id: int | None
    at: datetime
    type: int
    reply_to: int | None
    likes: int
    accepted: bool
    hidden: bool
    text: str
    cooked: bool

    @property
    def by_system(self) -> bool:
        return self.type != PLAIN_POST

    @property
    def author(self) -> str:
        """Who wrote it, as origins know them; of who was deleted, only a name is left."""
        return f"name:{self.username[:100]}" if self.user_id is None else str(self.user_id)


@dataclass(frozen=True)
class TopicRow:
    """`refused` holds the posts that could not be taken: external id and reason."""

    id: int
    title: str
    slug: str
    category_id: int
    views: int
    closed: bool
    visible: bool
    tags: tuple[str, ...]
    posts: tuple[PostRow, ...]
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def solved(self) -> bool:
        return any(post.accepted for post in self.posts)


def topic_row(raw: dict[str, Any]) -> TopicRow:
    """Raise `Wrong` for a topic that cannot be taken as a whole."""
    posts = raw.get("posts")
    if not isinstance(posts, list):
        raise Wrong("it has no list of posts")
    topic = TopicRow(
        id=_whole(raw, "id"),
        title=_line(raw, "title", 200),
        slug=_line(raw, "slug", 80, default="-"),
        category_id=_category(raw),
        views=_whole(raw, "views", default=0),
        closed=_flag(raw, "closed"),
        visible=_flag(raw, "visible", default=True),
        tags=_tags(raw.get("tags")),
        posts=(),
    )
    return _with_posts(topic, posts)


def _with_posts(topic: TopicRow, posts: list[Any]) -> TopicRow:
    taken: list[PostRow] = []
    for place, raw in enumerate(posts, start=1):
        try:
            if not isinstance(raw, dict):
                raise Wrong("it is no post")
            taken.append(_post_row(raw))
        except Wrong as wrong:
            named = raw.get("id") if isinstance(raw, dict) else None
            where = str(named) if isinstance(named, int) else f"{place} of topic {topic.id}"
            topic.refused.append((where[:120], str(wrong)))
    return TopicRow(**{**vars(topic), "posts": tuple(taken)})


def _post_row(raw: dict[str, Any]) -> PostRow:
    if raw.get("deleted_at"):
        raise Wrong("it was deleted there")
    text, cooked = _text(raw)
    user_id = raw.get("user_id")
    return PostRow(
        id=_whole(raw, "id"),
        number=_whole(raw, "post_number", least=1),
        username=_line(raw, "username", 80, default="Deleted user"),
        name=_line(raw, "name", 80, default=""),
        user_id=None if user_id is None else _whole(raw, "user_id", least=-MOST),
        at=_moment(raw),
        type=_whole(raw, "post_type", default=PLAIN_POST),
        reply_to=_whole(raw, "reply_to_post_number", least=1, default=0) or None,
        likes=_whole(raw, "likes", default=0),
        accepted=_flag(raw, "accepted_answer"),
        hidden=_flag(raw, "hidden"),
        text=text,
        cooked=cooked,
    )


def _whole(raw: dict[str, Any], key: str, *, least: int = 0, default: int | None = None) -> int:
    value = raw.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST:
        raise Wrong(f"{key} is no number from {least} to {MOST}")
    return value


def _flag(raw: dict[str, Any], key: str, *, default: bool = False) -> bool:
    value = raw.get(key)
    if value is not None and not isinstance(value, bool):
        raise Wrong(f"{key} is neither true nor false")
    return default if value is None else value


def _line(raw: dict[str, Any], key: str, most: int, *, default: str | None = None) -> str:
    value = raw.get(key)
    if value is not None and not isinstance(value, str):
        raise Wrong(f"{key} is no text")
    line = " ".join(replace_unstorable(value or "").split())[:most]
    if not line and default is None:
        raise Wrong(f"{key} is empty")
    return line or default or ""


def _category(raw: dict[str, Any]) -> int:
    """Messages between people have none, and are nobody else's business."""
    if raw.get("category_id") is None:
        raise Wrong("it is in no category, so it may be private")
    return _whole(raw, "category_id")


def _tags(tags: Any) -> tuple[str, ...]:
    """Names, or in newer forums objects with a name."""
    if tags is None:
        return ()
    if not isinstance(tags, list):
        raise Wrong("tags is no list")
    names = [tag.get("name") if isinstance(tag, dict) else tag for tag in tags]
    if not all(isinstance(name, str) for name in names):
        raise Wrong("a tag has no name")
    cleaned = (" ".join(replace_unstorable(str(name)).split()).casefold()[:40] for name in names)
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _moment(raw: dict[str, Any]) -> datetime:
    try:
        at = datetime.fromisoformat(raw.get("created_at"))  # type: ignore[arg-type]
        at = at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise Wrong("created_at is no moment") from error
    if at.year < 1970 or at > clock.now():
        raise Wrong("created_at is no moment that has been")
    return at


def _text(raw: dict[str, Any]) -> tuple[str, bool]:
    """The Markdown it was written in, else the page's HTML."""
    source, cooked = raw.get("raw"), raw.get("cooked")
    text = cooked if source is None else source
    if not isinstance(text, str):
        raise Wrong("it has neither raw nor cooked text")
    if len(text) > SOURCE_LENGTH // 2:
        raise Wrong(f"its text has {len(text):,} characters, more than a post can have")
    return replace_unstorable(text), source is None
