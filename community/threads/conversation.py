"""What a page shows of a thread: one page of its posts and, for those who may, where to answer.

A room opens the conversation in its route and includes `threads/_thread.html`:

    talk = open_conversation(idea.thread, viewer)
    return render_template("ideas/show.html", idea=idea, talk=talk)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request
from sqlalchemy import select

from community.database import session
from community.keeping.own import not_shared
from community.markup import quote
from community.members.models import Member
from community.policy import visible
from community.subjects import subject_url
from community.texts.models import Text
from community.threads.authors import Author
from community.threads.models import Post, Thread
from community.threads.queries import PER_PAGE, last_shown, page_of, standing_in, window_start
from community.threads.readings import note_reading
from community.threads.shown import Shown, posts_from
from community.threads.subjects import owner_of
from community.viewer import Viewer

Loader = Callable[[Sequence[Shown]], None]

_loaders: list[Loader] = []


def loads_for_posts(loader: Loader) -> Loader:
    """Let a room fetch what its slots need for all posts of a page, with one query."""
    if loader not in _loaders:
        _loaders.append(loader)
    return loader


@dataclass(frozen=True)
class Conversation:
    """`read` is how far the viewer had read before this page, `None` if they never opened it.

    `authors` are those of the `posts`, by key, and `answered` what they reply to; `accepted_id` is
    the accepted answer's key. `asked` is the number the address asks for, `start` the first of the
    page, `end` the last that can be read. `written` is what the reply box begins with.
    """

    thread: Thread
    subject: Any
    url: str
    posts: Sequence[Shown]
    authors: Mapping[int, Author]
    answered: Mapping[int, Shown | Post]
    asked: int
    start: int
    end: int
    read: int | None
    first_unread: int | None
    accepted_id: int | None
    reply_to: Post | None
    written: str

    @property
    def comments(self) -> bool:
        """Whether its posts are called comments, because the subject has a text of its own."""
        return self.thread.subject_kind != "topic"

    @property
    def last(self) -> int:
        return min(self.start + PER_PAGE - 1, self.thread.last_number)

    @property
    def place(self) -> str:
        return f"reply:{self.thread.public_id}"

    @property
    def canonical(self) -> str:
        return self._page(self.start) if self.start > 1 else self.url

    @property
    def previous_url(self) -> str | None:
        return self._page(self.start - PER_PAGE) + "#posts" if self.start > 1 else None

    @property
    def next_url(self) -> str | None:
        more = self.start + PER_PAGE <= self.end
        return self._page(self.start + PER_PAGE) + "#posts" if more else None

    @property
    def pages(self) -> list[tuple[int, str | None]]:
        """Number and address of the first page, the last, this one and its neighbours; this one has
        no address, and 0 stands for those left out between.
        """
        last, here = page_of(self.end), page_of(self.start)
        near = sorted({1, last} | {*range(max(1, here - 1), min(last, here + 1) + 1)})
        found: list[tuple[int, str | None]] = []
        for number in near:
            if found and number > found[-1][0] + 1:
                found.append((0, None))
            found.append((number, None if number == here else self._url_of_page(number)))
        return found

    def _url_of_page(self, number: int) -> str:
        first = (number - 1) * PER_PAGE + 1
        return f"{self._page(first)}#posts" if number > 1 else self.url

    @property
    def unread_url(self) -> str | None:
        return self.url_of(self.first_unread) if self.first_unread else None

    @cached_property
    def stand_in(self) -> int | None:
        """The number of the post that is nearest to the one asked for, if that is not shown."""
        numbers = [post.number for post in self.posts]
        if not numbers or self.asked in numbers:
            return None
        return max((number for number in numbers if number < self.asked), default=numbers[0])

    @cached_property
    def accepted(self) -> Shown | Post | None:
        """The accepted answer, be it on this page or not."""
        if self.accepted_id is None:
            return None
        here = (post for post in self.posts if post.id == self.accepted_id)
        return next(here, None) or session.get(Post, self.accepted_id)

    def url_of(self, number: int) -> str:
        return f"{self._page(number)}#p{number}"

    def author_of(self, post: Any) -> Author | Member:
        """Who wrote a post, be it on this page or not."""
        return self.authors.get(post.author_id) or post.author

    def reply_url(self, post: Shown) -> str:
        return f"{self._page(post.number)}&reply_to={post.public_id}#reply"

    def quote_url(self, post: Shown) -> str:
        return f"{self._page(post.number)}&quote={post.public_id}#reply"

    def _page(self, number: int) -> str:
        return f"{self.url}?post={number}"


def open_conversation(
    thread: Thread, viewer: Viewer, *, accepted_id: int | None = None
) -> Conversation:
    """The page of the thread that the address asks for; being opened, it is noted as read."""
    asked, end = request.args.get("post", 1, type=int), last_shown(thread, viewer)
    start = window_start(asked, end=end)
    posts, authors, answered = posts_from(thread, start, viewer, count=PER_PAGE)
    for loader in _loaders:
        loader(posts)
    standing = standing_in(thread, viewer)
    if standing.draft:
        not_shared()
    subject = owner_of(thread)
    reply_to = _post_named("reply_to", thread, viewer) or _post_named("quote", thread, viewer)
    talk = Conversation(
        thread=thread,
        subject=subject,
        url=subject_url(subject),
        posts=posts,
        authors=authors,
        answered=answered,
        asked=asked,
        start=start,
        end=end,
        read=standing.read,
        first_unread=standing.first_unread,
        accepted_id=accepted_id,
        reply_to=reply_to,
        written=_written(standing.draft, reply_to),
    )
    note_reading(thread, viewer, up_to=talk.last)
    return talk


def _post_named(argument: str, thread: Thread, viewer: Viewer) -> Post | None:
    public_id = request.args.get(argument, "")
    if not public_id or viewer.member is None:
        return None
    return session.scalar(
        select(Post).where(
            Post.public_id == public_id, Post.thread_id == thread.id, visible(Post, viewer)
        )
    )


def _written(draft: str, reply_to: Post | None) -> str:
    """The draft, and below it the quotation that was asked for."""
    if reply_to is None or "quote" not in request.args:
        return draft
    quoted = session.get_one(Text, reply_to.text_id)
    passage = quote(quoted.plain[:2000], post=reply_to.public_id)
    if passage in draft:
        return draft
    return f"{draft}\n\n{passage}\n" if draft else f"{passage}\n"
