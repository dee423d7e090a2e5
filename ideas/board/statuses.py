"""The state machine of ideas, as a table: what each status is, what it asks for, what may follow.

Labels are words; numbers go by the category.
"""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

REASON_LENGTH = 40


class Status(StrEnum):
    NEW = "new"
    UNDER_REVIEW = "under_review"
    NEEDS_INFO = "needs_info"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    TESTING = "testing"
    COMMUNITY_BUILD = "community_build"
    SHIPPED = "shipped"
    MEASURED = "measured"
    ALREADY_EXISTS = "already_exists"
    NOT_NOW = "not_now"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class Category(StrEnum):
    OPEN = "open"
    COMMITTED = "committed"
    DONE = "done"
    CLOSED = "closed"


class Need(StrEnum):
    """What must be said together with a status."""

    DATE = "date"
    REASON = "reason"
    REVISIT = "revisit"
    LINK = "link"
    VERSION = "version"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class StatusKind:
    """One row of the table. `then`: what a product manager may move it to."""

    status: Status
    category: Category
    label: LazyString
    tone: str
    then: tuple[Status, ...]
    needs: frozenset[Need] = frozenset()
    takes_votes: bool = False

    def may_become(self, status: Status) -> bool:
        return status in self.then


_ROWS = (
    StatusKind(
        Status.NEW,
        Category.OPEN,
        _l("New"),
        "",
        (Status.UNDER_REVIEW, Status.ALREADY_EXISTS),
        takes_votes=True,
    ),
    StatusKind(
        Status.UNDER_REVIEW,
        Category.OPEN,
        _l("Under review"),
        "",
        (
            Status.PLANNED,
            Status.NEEDS_INFO,
            Status.COMMUNITY_BUILD,
            Status.NOT_NOW,
            Status.DECLINED,
            Status.ALREADY_EXISTS,
        ),
        takes_votes=True,
    ),
    StatusKind(
        Status.NEEDS_INFO,
        Category.OPEN,
        _l("Needs an answer"),
        "warn",
        (Status.UNDER_REVIEW, Status.ALREADY_EXISTS),
        takes_votes=True,
    ),
    StatusKind(
        Status.PLANNED,
        Category.COMMITTED,
        _l("Planned"),
        "accent",
        (Status.IN_PROGRESS, Status.UNDER_REVIEW),
        frozenset({Need.DATE}),
    ),
    StatusKind(
        Status.IN_PROGRESS,
        Category.COMMITTED,
        _l("In progress"),
        "accent",
        (Status.TESTING, Status.PLANNED),
    ),
    StatusKind(
        Status.TESTING,
        Category.COMMITTED,
        _l("In testing"),
        "warn",
        (Status.SHIPPED, Status.IN_PROGRESS, Status.PLANNED),
    ),
    StatusKind(
        Status.COMMUNITY_BUILD,
        Category.COMMITTED,
        _l("Community builds it"),
        "accent",
        (Status.TESTING, Status.SHIPPED),
        takes_votes=True,
    ),
    StatusKind(
        Status.SHIPPED,
        Category.DONE,
        _l("Shipped"),
        "good",
        (Status.MEASURED,),
        frozenset({Need.VERSION}),
    ),
    StatusKind(
        Status.MEASURED,
        Category.DONE,
        _l("Shipped and measured"),
        "good",
        (),
        frozenset({Need.OUTCOME}),
    ),
    StatusKind(
        Status.ALREADY_EXISTS,
        Category.DONE,
        _l("Exists already"),
        "good",
        (Status.UNDER_REVIEW,),
        frozenset({Need.REASON, Need.LINK}),
    ),
    StatusKind(
        Status.NOT_NOW,
        Category.CLOSED,
        _l("Not now"),
        "bad",
        (Status.UNDER_REVIEW, Status.COMMUNITY_BUILD),
        frozenset({Need.REASON, Need.REVISIT}),
        takes_votes=True,
    ),
    StatusKind(
        Status.DECLINED,
        Category.CLOSED,
        _l("Declined"),
        "bad",
        (Status.UNDER_REVIEW,),
        frozenset({Need.REASON}),
    ),
    StatusKind(Status.WITHDRAWN, Category.CLOSED, _l("Withdrawn"), "", ()),
    StatusKind(Status.REMOVED, Category.CLOSED, _l("Removed"), "bad", ()),
)

STATUSES = {row.status: row for row in _ROWS}
VOTABLE = frozenset(row.status for row in _ROWS if row.takes_votes)
CATEGORIES = {
    Category.OPEN: _l("Open"),
    Category.COMMITTED: _l("On the way"),
    Category.DONE: _l("Done"),
    Category.CLOSED: _l("Closed"),
}


def statuses_in(*categories: Category) -> list[Status]:
    return [row.status for row in _ROWS if row.category in categories]
