"""The kinds of notice: each says in words what happened and why it came."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class NoticeKind:
    """`sentence(who, title)` tells what happened; `why` why it came; `by_mail` is the default.

    `together(count, who, title)` tells of several in one place, the last of them by `who`; kinds
    without it are told one by one.
    The stronger kind wins where one event gives a member several reasons. What is `told_anyway`
    is heard even by those who may no longer read what it is about: its label, and no title.
    """

    name: str
    label: LazyString
    sentence: Callable[[str, str], str]
    why: LazyString
    by_mail: bool = True
    strength: int = 0
    told_anyway: bool = False
    together: Callable[[int, str, str], str] | None = None

    def says(self, who: str, title: str, count: int = 1) -> str:
        if self.together and count > 1:
            return self.together(count, who, title)
        return self.sentence(who, title)


_kinds: dict[str, NoticeKind] = {}


def notice_kind(kind: NoticeKind) -> NoticeKind:
    """Register a kind; rooms of higher packages add their own."""
    _kinds[kind.name] = kind
    return kind


def notice_kinds() -> dict[str, NoticeKind]:
    return dict(_kinds)


def kind_named(name: str) -> NoticeKind:
    return _kinds[name]


MENTION = notice_kind(
    NoticeKind(
        "mention",
        _l("Somebody mentions you"),
        lambda who, title: _("%(who)s mentioned you in “%(title)s”", who=who, title=title),
        _l("you were mentioned"),
        strength=30,
    )
)
REPLY = notice_kind(
    NoticeKind(
        "reply",
        _l("Somebody answers you"),
        lambda who, title: _("%(who)s answered you in “%(title)s”", who=who, title=title),
        _l("somebody answered you"),
        strength=20,
        together=lambda count, who, title: ngettext(
            "%(num)d answer to you in “%(title)s”, the last by %(who)s",
            "%(num)d answers to you in “%(title)s”, the last by %(who)s",
            count,
            who=who,
            title=title,
        ),
    )
)
NEW_POST = notice_kind(
    NoticeKind(
        "new_post",
        _l("A new post in something you watch"),
        lambda who, title: _("%(who)s wrote in “%(title)s”", who=who, title=title),
        _l("you watch this conversation"),
        strength=10,
        together=lambda count, who, title: ngettext(
            "%(num)d new post in “%(title)s”, the last by %(who)s",
            "%(num)d new posts in “%(title)s”, the last by %(who)s",
            count,
            who=who,
            title=title,
        ),
    )
)
