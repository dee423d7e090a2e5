"""How notices about answers read."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.notifications.kinds import NoticeKind, notice_kind

ANSWER_ACCEPTED = notice_kind(
    NoticeKind(
        "answer_accepted",
        _l("Your answer is accepted"),
        lambda who, title: _("%(who)s accepted your answer in “%(title)s”", who=who, title=title),
        _l("it is your answer"),
    )
)
