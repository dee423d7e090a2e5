"""The count beside the bell."""

from community.notifications.queries import unseen_count
from community.slots import page_value
from community.viewer import current_viewer


@page_value("unread_notices")
def unread_notices() -> int:
    return unseen_count(current_viewer())
