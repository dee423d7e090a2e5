"""How notices about articles read."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.notifications.kinds import NoticeKind, notice_kind

ARTICLE_PUBLISHED = notice_kind(
    NoticeKind(
        "article_published",
        _l("A new article in a blog you watch"),
        lambda who, title: _("%(who)s published “%(title)s”", who=who, title=title),
        _l("you watch this blog"),
    )
)
