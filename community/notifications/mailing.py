"""The mail for a notice: asked again when it is sent, with its reason and its way out."""

from collections.abc import Sequence
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select, update

from community import clock
from community.config import settings
from community.credentials.models import EmailAddress
from community.database import session, write_transaction
from community.jobs import job
from community.mail import send
from community.members.models import Member
from community.notifications.kinds import kind_named
from community.notifications.models import Notice
from community.notifications.queries import wants_mail
from community.notifications.recipients import can_read
from community.notifications.together import to_be_mailed_with
from community.subjects import kind_of, subject_at, subject_title, subject_url
from community.texts.models import Text
from community.web import absolute_url, outside_a_request

# Of many posts a mail holds the first ones, and the link to them all.
MOST_SAID = 10
MOST_CHARACTERS = 200_000
MOST_TRIES = 5


@job("notifications.mail")
def mail_notice(notice_id: int) -> None:
    """Send it, and what waits with it, unless it was seen or mailed meanwhile, is no longer wanted,
    or may no longer be read.
    """
    for _try in range(MOST_TRIES):
        notice = session.get(Notice, notice_id)
        if notice is None or _settle(notice):
            return
        # Another worker has just mailed some of the same: the rest is looked for anew.
        session.expire_all()
    raise RuntimeError(f"others have mailed some of the same {MOST_TRIES} times")


def _settle(notice: Notice) -> bool:
    """Mail it, if it is still to be mailed; `False` if that must be tried once more."""
    if notice.seen_at or notice.mailed_at or notice.withdrawn:
        return True
    address = _confirmed_address(notice.member_id)
    if address is None or not wants_mail(notice.member_id, kind_named(notice.kind)):
        return True
    waiting = [one for one in session.scalars(to_be_mailed_with(notice)) if _is_readable(one)]
    return notice not in waiting or _mail(waiting, address)


def _is_readable(notice: Notice) -> bool:
    subject = subject_at(notice.subject_kind, notice.subject_id)
    return subject is not None and can_read(notice.member_id, subject)


def _mail(notices: Sequence[Notice], address: str) -> bool:
    """All of them in one mail, or, where some have gone meanwhile, none."""
    last = notices[-1]
    member = session.get_one(Member, last.member_id)
    language = member.profile.language if member.profile else "en"
    with outside_a_request(), force_locale(language):
        mail = _compose(notices, member)
    with write_transaction():
        if not _claim([notice.id for notice in notices]):
            return False
        send(to=address, name=member.name, key=f"notice-{last.public_id}", **mail)
    return True


def _claim(ids: Sequence[int]) -> bool:
    free = select(Notice.id).where(Notice.id.in_(ids), Notice.mailed_at.is_(None))
    if len(session.scalars(free.order_by(Notice.id).with_for_update()).all()) < len(ids):
        return False
    session.execute(update(Notice).where(Notice.id.in_(ids)).values(mailed_at=clock.now()))
    return True


def _compose(notices: Sequence[Notice], member: Member) -> dict[str, Any]:
    last, kind = notices[-1], kind_named(notices[-1].kind)
    subjects = [subject_at(notice.subject_kind, notice.subject_id) for notice in notices]
    token = unsubscribe_token(member.id, kind.name)
    said = _said(notices, subjects)
    context = {
        "name": member.name,
        "sentence": kind.says(_who(last), subject_title(subjects[-1]), len(notices)),
        "why": kind.why,
        "url": absolute_url(subject_url(subjects[0])),
        "stop_url": absolute_url(f"/unsubscribe/{token}"),
        "settings_url": absolute_url("/settings/notifications"),
        "said": said,
        "more": len(set(subjects)) - len(said),
    }
    return {
        "subject": context["sentence"],
        "text": render_template("notifications/mail.txt", **context),
        "html": render_template("notifications/mail.html", **context),
        "headers": {
            "List-Unsubscribe": f"<{context['stop_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"<{kind.name}.{settings().community_name.lower()}>",
        },
    }


def _said(notices: Sequence[Notice], subjects: Sequence[Any]) -> list[tuple[str, Text | None]]:
    """By whom, and what; a page that was changed several times is said once."""
    found: list[tuple[str, Text | None]] = []
    room = MOST_CHARACTERS
    for subject, notice in list(dict(zip(subjects, notices, strict=True)).items())[:MOST_SAID]:
        text = _text(subject)
        room -= len(text.html) if text else 0
        if room < 0 and found:
            break
        found.append((_who(notice), text))
    return found


def _who(notice: Notice) -> str:
    return notice.actor.name if notice.actor else _("Somebody")


def _text(subject: Any) -> Text | None:
    text_id = kind_of(subject).text_id(subject)
    return session.get(Text, text_id) if text_id else None


def _confirmed_address(member_id: int) -> str | None:
    return session.scalar(
        select(EmailAddress.address)
        .where(EmailAddress.member_id == member_id, EmailAddress.confirmed_at.is_not(None))
        .order_by(EmailAddress.id)
        .limit(1)
    )


def unsubscribe_token(member_id: int, kind: str) -> str:
    """Names the member and the kind, signed: it stops mail of this kind and opens nothing else."""
    public_id = session.scalars(select(Member.public_id).where(Member.id == member_id)).one()
    return str(_signer().dumps([public_id, kind]))


def read_unsubscribe_token(token: str) -> tuple[str, str] | None:
    try:
        public_id, kind = _signer().loads(token)
    except (BadData, ValueError):
        return None
    return public_id, kind


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="unsubscribe")
