"""How notices about flags read."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.notifications.kinds import NoticeKind, notice_kind

FLAG_UPHELD = notice_kind(
    NoticeKind(
        "flag_upheld",
        _l("What you flagged was taken out of sight"),
        lambda who, title: _("What you flagged in “%(title)s” was taken out of sight", title=title),
        _l("you flagged it"),
        by_mail=False,
        told_anyway=True,
    )
)
FLAG_REJECTED = notice_kind(
    NoticeKind(
        "flag_rejected",
        _l("What you flagged was left as it is"),
        lambda who, title: _("What you flagged in “%(title)s” was left as it is", title=title),
        _l("you flagged it"),
        by_mail=False,
        told_anyway=True,
    )
)
HIDDEN = notice_kind(
    NoticeKind(
        "hidden",
        _l("Something of yours was taken out of sight"),
        lambda who, title: _("What you wrote in “%(title)s” was taken out of sight", title=title),
        _l("you wrote it; you may object to the decision"),
    )
)
APPEAL_GRANTED = notice_kind(
    NoticeKind(
        "appeal_granted",
        _l("Your objection was granted"),
        lambda who, title: _("What you wrote in “%(title)s” is back in sight", title=title),
        _l("you objected to a decision"),
    )
)
APPEAL_REFUSED = notice_kind(
    NoticeKind(
        "appeal_refused",
        _l("Your objection was refused"),
        lambda who, title: _("What you wrote in “%(title)s” stays out of sight", title=title),
        _l("you objected to a decision"),
    )
)
