"""What on a conversation's page is the reader's own: how far they read, and what they began."""

from collections.abc import Hashable

from babel.numbers import format_decimal
from markupsafe import Markup

from community.keeping.own import Abouts, NotShared, Reader, text_of, variants_of
from community.threads.queries import how_stands


@text_of("thread.first_unread")
def _links_to_first_unread(reader: Reader, abouts: Abouts) -> list[str]:
    return [_link_to_first_unread(reader, *about) for about in abouts]


def _link_to_first_unread(reader: Reader, thread: int, name: str, url: str, label: str) -> str:
    """As forum/topic.html has it."""
    number = _first_unread(reader, thread, name)
    if number is None:
        return ""
    link = Markup('<li><a href="{}?post={}#p{}" dir="auto">{}</a><span>{}</span></li>')
    return link.format(url, number, number, label, format_decimal(number, locale=reader.locale))


@variants_of("thread.line", everywhere=True)
def _lines(reader: Reader, abouts: Abouts) -> list[Hashable]:
    """Whether what is new begins with this post."""
    threads = {(thread, name) for thread, name, _number in abouts}
    first = {thread: _first_unread(reader, thread, name) for thread, name in threads}
    return [first[thread] == number for thread, _name, number in abouts]


@variants_of("post.foot", lasting=True)
def _of_whom(reader: Reader, abouts: Abouts) -> list[Hashable]:
    """Whether the post is the reader's, and whether the thread is."""
    me = reader.member_id
    return [(author == me, began == me) for _post, author, began, *_state in abouts]


def _first_unread(reader: Reader, thread_id: int, name: str) -> int | None:
    """`None` for who never opened the thread. With a draft, or a post out of sight, the page is
    only its author's.
    """

    def ask() -> int | None:
        place = f"reply:{name}"
        rows = reader.rows("thread", how_stands, thread=thread_id, place=place)
        read, first_unread, draft, out_of_sight = rows[0]
        if draft or out_of_sight:
            raise NotShared
        return first_unread if read else None

    return reader.lately(("thread", thread_id, name), ask)
