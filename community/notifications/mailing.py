"""The mail for a notice: asked again when it is sent, with its reason and its way out."""

from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select

from community import clock
from community.config import settings
from community.credentials.models import EmailAddress
from community.database import session, write_transaction
from community.jobs import job
from community.mail import send
from community.members.models import Member
from community.notifications.kinds import NoticeKind, kind_named
from community.notifications.models import Notice
from community.notifications.queries import wants_mail
from community.notifications.recipients import can_read
from community.subjects import kind_of, subject_at, subject_title, subject_url
from community.texts.models import Text
from community.web import absolute_url, outside_a_request


@job("notifications.mail")
def mail_notice(notice_id: int) -> None:
    """Send it unless it was seen meanwhile, is no longer wanted, or may no longer be read."""
    notice = session.get(Notice, notice_id)
    if notice is None or notice.seen_at or notice.mailed_at or notice.withdrawn:
        return
    kind = kind_named(notice.kind)
    subject = subject_at(notice.subject_kind, notice.subject_id)
    address = _confirmed_address(notice.member_id)
    if subject is None or address is None or not wants_mail(notice.member_id, kind):
        return
    if not can_read(notice.member_id, subject):
        return
    member = session.get_one(Member, notice.member_id)
    language = member.profile.language if member.profile else "en"
    with outside_a_request(), force_locale(language):
        mail = _compose(notice, kind, subject, member)
    with write_transaction():
        if notice.mailed_at is None:
            notice.mailed_at = clock.now()
            send(to=address, name=member.name, key=f"notice-{notice.public_id}", **mail)


def _compose(notice: Notice, kind: NoticeKind, subject: Any, member: Member) -> dict[str, Any]:
    who = notice.actor.name if notice.actor else _("Somebody")
    token = unsubscribe_token(notice.member_id, notice.kind)
    context = {
        "name": member.name,
        "sentence": kind.sentence(who, subject_title(subject)),
        "why": kind.why,
        "url": absolute_url(subject_url(subject)),
        "stop_url": absolute_url(f"/unsubscribe/{token}"),
        "settings_url": absolute_url("/settings/notifications"),
        "text": _text(subject),
    }
    return {
        "subject": context["sentence"],
        "text": render_template("notifications/mail.txt", **context),
        "html": render_template("notifications/mail.html", **context),
        "headers": {
            "List-Unsubscribe": f"<{context['stop_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"<{notice.kind}.{settings().community_name.lower()}>",
        },
    }


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
