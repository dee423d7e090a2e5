"""Verbs of threads: opening them, writing and changing posts, closing and moving whole threads."""

from community.threads.actions.changing import (
    delete_post,
    edit_post,
    hide_post,
    restore_post,
    set_post_state,
)
from community.threads.actions.keeping import (
    lock_thread,
    move_thread,
    moves_along,
    set_thread_state,
    unlock_thread,
)
from community.threads.actions.writing import (
    add_post,
    add_with_thread,
    open_thread,
    reply,
    write_post,
)

__all__ = [
    "add_post",
    "add_with_thread",
    "delete_post",
    "edit_post",
    "hide_post",
    "lock_thread",
    "move_thread",
    "moves_along",
    "open_thread",
    "reply",
    "restore_post",
    "set_post_state",
    "set_thread_state",
    "unlock_thread",
    "write_post",
]
