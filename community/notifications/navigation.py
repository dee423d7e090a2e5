"""The count beside the bell."""

from community.notifications.queries import unseen_count
from community.viewer import current_viewer
from community.web import page_value


@page_value("unread_notices")
def unread_notices() -> int:
    return unseen_count(current_viewer())
