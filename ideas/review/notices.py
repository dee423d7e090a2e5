"""Who hears of which move, and how it reads: one row for each status that is told of.

Who votes follows the idea by that, but hears of its status alone, not of every comment.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.notifications.kinds import NoticeKind, notice_kind
from ideas.board.statuses import Status

_YOURS = _l("you proposed this idea")
_WANTED = _l("you proposed this idea, voted for it or watch it")


def _kind(
    name: str,
    label: LazyString,
    sentence: Callable[[str], str],
    why: LazyString = _WANTED,
    *,
    by_mail: bool = True,
) -> NoticeKind:
    return notice_kind(
        NoticeKind(f"idea_{name}", label, lambda who, title: sentence(title), why, by_mail)
    )


UNDER_REVIEW = _kind(
    "under_review",
    _l("Your idea is looked at"),
    lambda title: _("Your idea “%(title)s” is under review", title=title),
    _YOURS,
    by_mail=False,
)
ASKED = _kind(
    "asked",
    _l("Somebody needs to know more about your idea"),
    lambda title: _("There is a question about your idea “%(title)s”", title=title),
    _YOURS,
)
OPEN_QUESTION = _kind(
    "open_question",
    _l("Somebody needs to know more about an idea you want"),
    lambda title: _("There is a question about “%(title)s”: perhaps you know", title=title),
    by_mail=False,
)
PLANNED = _kind(
    "planned",
    _l("An idea you want is planned or being built"),
    lambda title: _("“%(title)s” is on its way", title=title),
)
TESTING = _kind(
    "testing",
    _l("An idea you want can be tested"),
    lambda title: _("“%(title)s” is being tested", title=title),
)
SHIPPED = _kind(
    "shipped",
    _l("An idea you want has shipped"),
    lambda title: _("You asked for it, and it has shipped: “%(title)s”", title=title),
)
MEASURED = _kind(
    "measured",
    _l("What came of an idea you wanted"),
    lambda title: _("What came of “%(title)s”", title=title),
    by_mail=False,
)
EXISTS = _kind(
    "exists",
    _l("An idea you want exists already"),
    lambda title: _("“%(title)s” exists already; here is where", title=title),
)
CLOSED = _kind(
    "closed",
    _l("An idea you want was declined or put off"),
    lambda title: _("There is a decision on “%(title)s”, and its reason", title=title),
)
ANSWERED = _kind(
    "answered",
    _l("An official answer to your idea"),
    lambda title: _("Your idea “%(title)s” has an official answer", title=title),
    _YOURS,
)
ANSWER_TO_READ = _kind(
    "answer_to_read",
    _l("An official answer to an idea you want"),
    lambda title: _("“%(title)s” has an official answer", title=title),
    by_mail=False,
)


@dataclass(frozen=True)
class Telling:
    """What the author hears, and what those hear who voted for it or watch it."""

    author: NoticeKind
    others: NoticeKind | None


TOLD = {
    Status.UNDER_REVIEW: Telling(UNDER_REVIEW, None),
    Status.NEEDS_INFO: Telling(ASKED, OPEN_QUESTION),
    Status.PLANNED: Telling(PLANNED, PLANNED),
    Status.IN_PROGRESS: Telling(PLANNED, PLANNED),
    Status.COMMUNITY_BUILD: Telling(PLANNED, PLANNED),
    Status.TESTING: Telling(TESTING, TESTING),
    Status.SHIPPED: Telling(SHIPPED, SHIPPED),
    Status.MEASURED: Telling(MEASURED, MEASURED),
    Status.ALREADY_EXISTS: Telling(EXISTS, EXISTS),
    Status.NOT_NOW: Telling(CLOSED, CLOSED),
    Status.DECLINED: Telling(CLOSED, CLOSED),
}
TOLD_OF_ANSWER = Telling(ANSWERED, ANSWER_TO_READ)
