"""From what people type to what may be shown: rendering, cleaning, plain text and differences.

Nothing here knows the database, a viewer or a request. Markdown runs in a child process that can
be killed (`process`), because a few kilobytes of brackets can keep a Markdown parser busy for
minutes and a thread cannot be stopped.
"""

from community.markup.characters import find_unstorable, replace_unstorable
from community.markup.differences import Row, matching_stretches, side_by_side, word_diff
from community.markup.headings import Heading, headings_of
from community.markup.mentions import mentioned_names, rename_mention
from community.markup.plain import excerpt, plain_text
from community.markup.process import Renderer
from community.markup.quoting import quote
from community.markup.rendering import (
    RENDERER,
    PageLink,
    QuotedPost,
    Rendered,
    render,
    sanitize_html,
)
from community.markup.trusted import trusted
from community.markup.turning import to_markdown

__all__ = [
    "RENDERER",
    "Heading",
    "PageLink",
    "QuotedPost",
    "Rendered",
    "Renderer",
    "Row",
    "excerpt",
    "find_unstorable",
    "headings_of",
    "matching_stretches",
    "mentioned_names",
    "plain_text",
    "quote",
    "rename_mention",
    "render",
    "replace_unstorable",
    "sanitize_html",
    "side_by_side",
    "to_markdown",
    "trusted",
    "word_diff",
]
