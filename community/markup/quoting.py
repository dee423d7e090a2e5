"""Quoting a post so that the quotation keeps the way back to it.

In the source a quotation is an ordinary quote whose first line holds the post's id and nobody's
name, so that moving the post or erasing its author needs only a new rendering:

    > [!quote post=k3f9x2ab]
    > The web importer stops at ten minutes.
"""

import re

QUOTE_MARK = re.compile(r"\A\s*\[!quote post=([0-9A-Za-z]{4,16})\][ \t]*(?:\n|\Z)")
QUOTE_CANDIDATE = re.compile(r"\[!quote post=([0-9A-Za-z]{4,16})\]")


def quote(passage: str, *, post: str) -> str:
    """The Markdown of a quotation of `passage` from the post with this public id."""
    lines = [f"[!quote post={post}]", *passage.strip("\n").splitlines()]
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"
