"""Writing notices, and queueing the mail that waits ten minutes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from community import clock
from community.database import session
from community.identifiers import new_public_id
from community.notifications.kinds import NoticeKind
from community.notifications.mailing import mail_notice
from community.notifications.models import Notice
from community.notifications.queries import wants_mail
from community.sending import insert_once

WAIT = timedelta(minutes=10)


def tell(
    reasons: Mapping[int, NoticeKind],
    *,
    event_id: int,
    subject: tuple[str, int],
    audience_id: int,
    actor_id: int | None,
    at: datetime,
) -> None:
    """One notice for each member; telling the same event again changes nothing.

    Joins a write transaction. The caller has left out whoever may not read the subject.
    """
    for member_id, kind in reasons.items():
        fresh = insert_once(
            Notice,
            public_id=new_public_id(),
            event_id=event_id,
            member_id=member_id,
            kind=kind.name,
            subject_kind=subject[0],
            subject_id=subject[1],
            audience_id=audience_id,
            actor_id=actor_id,
            at=at,
            withdrawn=False,
        )
        if fresh and wants_mail(member_id, kind):
            notice_id = session.scalars(
                select(Notice.id).where(Notice.event_id == event_id, Notice.member_id == member_id)
            ).one()
            mail_notice.later(notice_id, run_at=clock.now() + WAIT, key=f"notice:{notice_id}")
