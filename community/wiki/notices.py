"""How notices about pages read."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from community.notifications.kinds import NoticeKind, notice_kind

PAGE_CREATED = notice_kind(
    NoticeKind(
        "page_created",
        _l("A new page in a wiki you watch"),
        lambda who, title: _("%(who)s began the page “%(title)s”", who=who, title=title),
        _l("you watch this wiki"),
        by_mail=False,
    )
)
PAGE_REVISED = notice_kind(
    NoticeKind(
        "page_revised",
        _l("A page you watch was changed"),
        lambda who, title: _("%(who)s changed the page “%(title)s”", who=who, title=title),
        _l("you watch this page"),
        by_mail=False,
        together=lambda count, who, title: ngettext(
            "%(num)d change to the page “%(title)s”, the last by %(who)s",
            "%(num)d changes to the page “%(title)s”, the last by %(who)s",
            count,
            who=who,
            title=title,
        ),
    )
)
