"""Marking notices as seen, and choosing what comes by mail."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select, update

from community import clock
from community.database import action, session
from community.errors import Gone
from community.events import emit
from community.members.models import Member
from community.notifications.events import MailChoiceChanged
from community.notifications.kinds import notice_kinds
from community.notifications.mailing import read_unsubscribe_token
from community.notifications.models import MailChoice, Notice
from community.policy import authorize
from community.viewer import Viewer


@action
def mark_all_seen(*, by: Viewer) -> None:
    authorize(by, "notice.read")
    session.execute(
        update(Notice)
        .where(Notice.member_id == by.member_id, Notice.seen_at.is_(None))
        .values(seen_at=clock.now())
    )


@action
def choose_mail(wanted: Mapping[str, bool], *, by: Viewer) -> None:
    """Say for each kind whether it comes by mail; kinds that do not exist are passed over."""
    authorize(by, "mail.choose")
    assert by.member_id
    for kind, choice in wanted.items():
        if kind in notice_kinds():
            _set(by.member_id, kind, choice)


@action
def stop_mail(token: str, *, by: Viewer) -> str:
    """Stop mails of the kind that the signed token names; return the kind's name.

    Doing it twice changes nothing. Raise `Gone` for a token that is not one of ours.
    """
    authorize(by, "mail.stop")
    read = read_unsubscribe_token(token)
    member = read and session.scalar(select(Member).where(Member.public_id == read[0]))
    if not read or member is None or read[1] not in notice_kinds():
        raise Gone(
            _("This link does not work any more. Choose what comes by mail in your settings.")
        )
    _set(member.id, read[1], False)
    return read[1]


def _set(member_id: int, kind: str, wanted: bool) -> None:
    known = session.get(MailChoice, (member_id, kind))
    if known is None:
        session.add(MailChoice(member_id=member_id, kind=kind, wanted=wanted))
    elif known.wanted == wanted:
        return
    else:
        known.wanted = wanted
    emit(MailChoiceChanged(actor_id=member_id, kind=kind, wanted=wanted))
