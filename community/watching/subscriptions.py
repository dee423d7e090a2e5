"""Who writes in a conversation follows it."""

from community.events import Happened
from community.threads.events import PostWritten
from community.watching.actions import watch_by_itself
from community.watching.models import WatchLevel


def follow_what_one_writes_in(happened: Happened) -> None:
    """Who opens a conversation watches it, who answers tracks it."""
    event: PostWritten = happened.event
    if happened.imported or not happened.actor_id:
        return
    level = WatchLevel.WATCHING if event.opening else WatchLevel.TRACKING
    watch_by_itself(happened.actor_id, event.subject_kind, event.subject_id, level)


SUBSCRIPTIONS = {PostWritten: [follow_what_one_writes_in]}
