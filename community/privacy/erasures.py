"""What goes with a person: belongings by the schema, mail, audit values, pictures, versions."""

import email
from email.policy import default
from functools import partial
from pathlib import Path

from sqlalchemy import delete, func, select, update

from community.attachments.models import Attachment, AttachmentUse
from community.audiences import bump_access
from community.audit import AuditDetail, AuditEntry
from community.config import settings
from community.credentials.models import (
    ApiToken,
    EmailAddress,
    OneTimeLink,
    Password,
    SignIn,
    SignUp,
)
from community.database import Base, after_commit, session
from community.erasure import Person, erases
from community.groups.models import JoinRequest, Membership
from community.importers.models import Origin
from community.mail import Outgoing
from community.members.models import Profile, SiteRole
from community.members.pictures import delete_unnamed_file
from community.search.models import Miss
from community.subjects import subject_kinds
from community.texts.models import Draft, Mention, Revision, Submission, Text
from community.threads.models import Post, Thread

BELONGINGS = (
    ApiToken,
    Draft,
    EmailAddress,
    JoinRequest,
    Membership,
    Mention,
    OneTimeLink,
    Password,
    SignIn,
    SiteRole,
    Submission,
)


@erases
def delete_belongings(person: Person) -> None:
    """What only the person had; groups and roles open nothing to a number."""
    for model in BELONGINGS:
        session.execute(delete(model).where(model.member_id == person.member_id))
    for name in ("grant", "notice", "mail_choice", "watch"):
        table = Base.metadata.tables.get(name)
        if table is not None:
            session.execute(table.delete().where(table.c.member_id == person.member_id))
    addresses = [address.casefold() for address in person.addresses]
    session.execute(delete(SignUp).where(func.lower(SignUp.address).in_(addresses)))
    bump_access()


@erases
def delete_profile(person: Person) -> None:
    """The profile with its text."""
    profile = session.get(Profile, person.member_id)
    if profile is None:
        return
    about_id = profile.about_text_id
    session.delete(profile)
    session.flush()
    if about_id:
        session.execute(delete(Revision).where(Revision.text_id == about_id))
        session.execute(delete(Text).where(Text.id == about_id))


@erases
def delete_unused_files(person: Person) -> None:
    """The picture, and what was uploaded but stands in no text."""
    unused = delete(Attachment).where(
        Attachment.uploader_id == person.member_id,
        Attachment.id.not_in(select(AttachmentUse.attachment_id)),
    )
    for digest in session.scalars(unused.returning(Attachment.digest)).all():
        after_commit(partial(delete_unnamed_file, digest))


@erases
def empty_audit_values(person: Person) -> None:
    """The chain of deeds stays whole; what stood beside it about the person goes."""
    about = select(AuditEntry.id).where(
        AuditEntry.subject_kind == "member", AuditEntry.subject_id == person.member_id
    )
    session.execute(
        update(AuditDetail)
        .where(AuditDetail.entry_id.in_(about))
        .values(before={}, after={}, reason="")
    )


@erases
def forget_origins(person: Person) -> None:
    """An import's placeholder was known by its name."""
    session.execute(
        update(Origin)
        .where(
            Origin.subject_kind == "member",
            Origin.subject_id == person.member_id,
            Origin.external_id.startswith("name:"),
        )
        .values(external_id=f"erased:{person.member_id}")
    )


@erases
def forget_searches(person: Person) -> None:
    for words in {person.username, person.name.casefold(), *person.addresses}:
        if len(words) > 3:
            missed = Miss.words.icontains(words, autoescape=True)
            session.execute(delete(Miss).where(missed))


@erases
def delete_mail(person: Person) -> None:
    """Mail to the person that waits, and the files of what was sent to them or names them."""
    addresses = [address.casefold() for address in person.addresses]
    session.execute(delete(Outgoing).where(func.lower(Outgoing.to).in_(addresses)))
    for path in (settings().data_dir / "mail").glob("*.eml"):
        if _names(path, person):
            path.unlink(missing_ok=True)


@erases
def renew_pages(person: Person) -> None:
    """Pages that showed the name are other pages now, for every cache."""
    for kind in subject_kinds().values():
        mine = kind.model.author_id == person.member_id
        session.execute(update(kind.model).where(mine).values(version=kind.model.version + 1))
    threads = select(Post.thread_id).where(Post.author_id == person.member_id)
    session.execute(update(Thread).where(Thread.id.in_(threads)).values(version=Thread.version + 1))


def _names(path: Path, person: Person) -> bool:
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        body = message.get_body()
        said = f"{message['To']} {message['Subject']} {body.get_content() if body else ''}"
    except (OSError, LookupError, ValueError):
        return False
    words = said.casefold()
    known = (person.name, f"@{person.username}", f"/people/{person.username}", *person.addresses)
    return any(word.casefold() in words for word in known)
