"""Rendering a text before the action that stores it begins, so that no lock waits for Markdown."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from community.config import settings
from community.database import session
from community.errors import BadRequest, Invalid
from community.markup import (
    PageLink,
    QuotedPost,
    Rendered,
    find_unstorable,
    render,
    sanitize_html,
)
from community.members.models import Member, MemberState, Profile
from community.texts.models import Format

POST_LENGTH = 100_000
PAGE_LENGTH = 256_000
NOTIFIED_MENTIONS = 10

PageResolver = Callable[[frozenset[str]], Mapping[str, PageLink]]


@dataclass(frozen=True)
class Prepared:
    """A text ready to be stored. `mentioned` are the members who will be told, ten at most."""

    source: str
    format: Format
    language: str
    rendered: Rendered
    mentioned: tuple[int, ...] = ()


def prepare(
    source: str,
    *,
    language: str = "en",
    limit: int = POST_LENGTH,
    field: str = "text",
    pages: PageResolver | None = None,
    quotes: Callable[[frozenset[str]], Mapping[str, QuotedPost]] | None = None,
    required: bool = True,
) -> Prepared:
    """Check and render Markdown. Raise `Invalid` or `BadRequest`, naming `field`."""
    source = check_source(source, limit=limit, field=field, required=required)
    rendered = render(
        source,
        known_members=_known_usernames,
        pages=pages,
        quotes=quotes,
        home=settings().base_url,
    )
    return Prepared(source, Format.MARKDOWN, language, rendered, _members(rendered.mentions))


def prepare_page(
    source: str, *, key: str, pages: PageResolver | None = None, language: str = "en"
) -> Prepared:
    """Check and render a text that is a page of its own, under the one heading of its title.

    Its headings begin right below the title, however many signs its author puts before them, and
    `key` names them the same after every revision, so that links to them last.
    """
    source = check_source(source, limit=PAGE_LENGTH)
    top = 2
    while True:
        rendered = render(
            source,
            known_members=_known_usernames,
            pages=pages,
            key=key,
            home=settings().base_url,
            top_heading=top,
        )
        highest = min((heading.level for heading in rendered.headings), default=2)
        if highest == 2 or top < 2:
            break
        top = 4 - highest
    return Prepared(source, Format.MARKDOWN, language, rendered, _members(rendered.mentions))


def check_source(source: str, *, limit: int, field: str = "text", required: bool = True) -> str:
    """The source with plain line ends; raise `Invalid` for an empty or overlong one."""
    source = with_plain_line_ends(source)
    check_storable(source)
    if required and not visible_length(source):
        raise Invalid({field: _("The text is empty.")})
    if len(source) > limit:
        raise Invalid(
            {
                field: _(
                    "The text has %(given)s characters; at most %(most)s are taken. "
                    "Attach it as a file?",
                    given=f"{len(source):,}",
                    most=f"{limit:,}",
                )
            }
        )
    return source


def with_plain_line_ends(source: str) -> str:
    """As texts are kept; browsers send two characters at each line's end."""
    return source.replace("\r\n", "\n").replace("\r", "\n")


def prepare_imported(html: str, *, language: str = "en") -> Prepared:
    """Clean HTML that came from elsewhere; it mentions nobody here."""
    return Prepared(html, Format.HTML, language, sanitize_html(html))


def check_storable(text: str) -> None:
    """Raise `BadRequest` for NUL and lone surrogates, which no database here can keep."""
    position = find_unstorable(text)
    if position is not None:
        raise BadRequest(
            _(
                "The text contains characters that cannot be stored (position %(position)s).",
                position=position,
            )
        )


def check_line(words: str, *, field: str, limit: int, label: str, required: bool = True) -> str:
    """One line without surrounding blanks. Raise `Invalid` if it is empty or too long."""
    check_storable(words)
    words = " ".join(words.split())
    if required and not visible_length(words):
        raise Invalid({field: _("%(label)s is empty.", label=label)})
    if len(words) > limit:
        raise Invalid(
            {
                field: _(
                    "%(label)s: %(given)s characters, at most %(most)s.",
                    label=label,
                    given=f"{len(words):,}",
                    most=limit,
                )
            }
        )
    return words


def visible_length(text: str) -> int:
    """How many characters can be seen: blanks and zero-width characters are none."""
    invisible = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
    return sum(1 for character in text if not character.isspace() and character not in invisible)


def _known_usernames(names: frozenset[str]) -> Set[str]:
    if not names:
        return set()
    known = (
        select(Profile.username_folded)
        .join(Member)
        .where(Profile.username_folded.in_(names), Member.state == MemberState.ACTIVE)
    )
    return set(session.scalars(known))


def _members(names: tuple[str, ...]) -> tuple[int, ...]:
    if not names:
        return ()
    told = [name.casefold() for name in names[:NOTIFIED_MENTIONS]]
    found = session.execute(
        select(Profile.username_folded, Profile.member_id).where(Profile.username_folded.in_(told))
    )
    ids = {row.username_folded: row.member_id for row in found}
    return tuple(ids[name] for name in dict.fromkeys(told) if name in ids)
