"""A member's notices."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from community.database import session
from community.keeping.alike import ask
from community.notifications.kinds import NoticeKind, notice_kinds
from community.notifications.models import MailChoice, Notice
from community.notifications.together import Line, count_of_lines, lines_of
from community.pagination import Key, Page, page_by_key
from community.policy import visible, visible_subjects
from community.subjects import subject_kinds
from community.threads.models import Post, Thread
from community.viewer import Viewer


def notices_of(viewer: Viewer, *, token: str | None = None) -> Page[Line]:
    """The viewer's notices, newest first; of what they may no longer read, only decisions."""
    keys = [
        Key(Notice.at, lambda row: row.Notice.at, descending=True),
        Key(Notice.public_id, lambda row: row.Notice.public_id, descending=True),
    ]
    page = page_by_key(lines_of(_open_to(viewer)), keys, token=token, scalars=False)
    return replace(page, items=[Line(*row) for row in page.items])


def unseen_count(viewer: Viewer) -> int:
    if viewer.member_id is None:
        return 0
    return ask(viewer, "notices", count_of_unseen)[0][0]


def count_of_unseen(viewer: Viewer) -> Select[int]:
    return count_of_lines(unseen(viewer))


def unseen(viewer: Viewer) -> Select[Notice]:
    return _open_to(viewer).where(Notice.seen_at.is_(None))


def _open_to(viewer: Viewer) -> Select[Notice]:
    return select(Notice).where(
        Notice.member_id == viewer.member_id,
        Notice.withdrawn.is_(False),
        or_(
            Notice.kind.in_(_told_anyway()),
            and_(Notice.audience_id.in_(viewer.audiences), _still_readable(viewer)),
        ),
    )


def _told_anyway() -> list[str]:
    return [kind.name for kind in notice_kinds().values() if kind.told_anyway]


def _still_readable(viewer: Viewer) -> ColumnElement[bool]:
    """Asked of the subject itself: it may have moved since, or be out of sight with its topic."""
    readable = [_post_readable(viewer)]
    for name, kind in subject_kinds().items():
        if kind.model is not Post:
            shown = exists().where(kind.model.id == Notice.subject_id, visible(kind.model, viewer))
            readable.append(and_(Notice.subject_kind == name, shown))
    return or_(*readable)


def _post_readable(viewer: Viewer) -> ColumnElement[bool]:
    """By its key, for this is asked on every page."""
    shown = exists().where(
        Post.id == Notice.subject_id,
        Thread.id == Post.thread_id,
        visible_subjects(Post, viewer),
        visible_subjects(Thread, viewer),
    )
    return and_(Notice.subject_kind == "post", shown)


def wants_mail(member_id: int, kind: NoticeKind) -> bool:
    chosen = session.scalar(
        select(MailChoice.wanted).where(
            MailChoice.member_id == member_id, MailChoice.kind == kind.name
        )
    )
    return kind.by_mail if chosen is None else chosen


def mail_choices(member_id: int) -> dict[str, bool]:
    rows: Sequence[MailChoice] = session.scalars(
        select(MailChoice).where(MailChoice.member_id == member_id)
    ).all()
    return {row.kind: row.wanted for row in rows}
