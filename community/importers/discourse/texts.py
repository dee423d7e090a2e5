"""A post's text as the house keeps it. Runs beside the writing, so it asks no database."""

from collections.abc import Mapping
from dataclasses import dataclass

from community.importers.discourse.cooked import without_furniture
from community.importers.discourse.marks import Neighbours, house_markdown
from community.importers.discourse.people import People
from community.importers.discourse.rows import PostRow
from community.markup import (
    QuotedPost,
    Renderer,
    mentioned_names,
    rename_mention,
    render,
    sanitize_html,
)
from community.texts.models import SOURCE_LENGTH, Format
from community.texts.preparation import Prepared


@dataclass(frozen=True)
class Setting:
    """What a text is turned and rendered with; `quoted` are the posts it may quote, by id."""

    people: People
    around: Neighbours
    quoted: Mapping[str, QuotedPost]
    home: str


def text_of(post: PostRow, setting: Setting, renderer: Renderer) -> Prepared:
    if post.cooked:
        html = _signed_html(post, setting.people)
        return Prepared(
            html, Format.HTML, "en", sanitize_html(html, home=setting.home, by=renderer)
        )
    source = source_of(post, setting)
    rendered = render(
        source,
        known_members=lambda names: frozenset(setting.people.mentioned(names)),
        quotes=lambda ids: {one: setting.quoted[one] for one in ids if one in setting.quoted},
        home=setting.home,
        by=renderer,
    )
    mentioned = setting.people.mentioned(rendered.mentions)
    return Prepared(source, Format.MARKDOWN, "en", rendered, tuple(mentioned.values()))


def source_of(post: PostRow, setting: Setting) -> str:
    """The house's Markdown. What turning makes too long for a text stays as it was typed."""
    turned = _with_our_names(house_markdown(post.text, setting.around), setting.people)
    if post.by_system:
        turned = f"{_doer(post, setting.people)}: {turned}".removesuffix(": ")
    return turned if len(turned) <= SOURCE_LENGTH else post.text


def _signed_html(post: PostRow, people: People) -> str:
    html = without_furniture(post.text, people.called)
    return f"<p>{_doer(post, people)}</p>{html}" if post.by_system else html


def _doer(post: PostRow, people: People) -> str:
    """The system signs for what was done to a topic; the text says whose hand it was."""
    called = people.called(post.username)
    return f"@{called}" if called else ""


def _with_our_names(source: str, people: People) -> str:
    for name in mentioned_names(source):
        here = people.called(name)
        if here and here.casefold() != name:
            source = rename_mention(source, username=name, to=f"@{here}")
    return source
