"""What on a conversation's page is the reader's own: how far they read, and what they began."""

from collections.abc import Hashable

from markupsafe import escape

from community.keeping.own import Abouts, NotShared, Reader, text_of, variants_of
from community.threads.models import shown_views
from community.threads.queries import Stands, how_stands


@text_of("thread.first_unread")
def _links_to_first_unread(reader: Reader, abouts: Abouts) -> list[str]:
    return [_link_to_first_unread(reader, *about) for about in abouts]


def _link_to_first_unread(
    reader: Reader, thread: int, version: int, name: str, url: str, label: str
) -> str:
    """As forum/topic.html has it."""
    stands = _stands(reader, thread, version, name)
    number = stands.first_unread
    if number is None or not stands.read:
        return ""
    there = f"{escape(url)}?post={number}#p{number}"
    return f'<li><a href="{there}" dir="auto">{escape(label)}</a></li>'


@text_of("thread.views")
def _how_often_read(reader: Reader, abouts: Abouts) -> list[str]:
    """As forum/_facts.html has it. The page is not made anew each time that it says another."""
    return [_read_times(reader, *about) for about in abouts]


def _read_times(reader: Reader, thread: int, version: int, name: str, said: str) -> str:
    views = shown_views(_stands(reader, thread, version, name).views)
    return f" · {escape(said)}".replace("{}", reader.number(views)) if views else ""


@variants_of("thread.line", everywhere=True)
def _lines(reader: Reader, abouts: Abouts) -> list[Hashable]:
    """Whether what is new begins with this post."""
    threads = {about[:3] for about in abouts}
    stands = {thread: _stands(reader, thread, *rest) for thread, *rest in threads}
    first = {thread: one.first_unread if one.read else None for thread, one in stands.items()}
    return [first[thread] == number for thread, *_rest, number in abouts]


@variants_of("post.foot", lasting=True)
def _of_whom(reader: Reader, abouts: Abouts) -> list[Hashable]:
    """Whether the post is the reader's, and whether the thread is."""
    me = reader.member_id
    return [(author == me, began == me) for _post, author, began, *_state in abouts]


def _stands(reader: Reader, thread_id: int, version: int, name: str) -> Stands:
    """With a draft, or a post out of sight, the page is only its author's.

    Whoever comes back within a minute finds the line above what was new to them where it was, and
    the count of readings that they saw.
    """

    def ask() -> Stands:
        place = f"reply:{name}"
        rows = reader.rows("thread", how_stands, thread=thread_id, place=place)
        stands = Stands(*rows[0])
        if stands.draft or stands.out_of_sight:
            raise NotShared
        return stands

    return reader.until_they_act(("thread", thread_id, name), ask, version=version)
