"""What an editor begins with."""

from community.markup import to_markdown
from community.texts.models import Format, Text


def editable_source(text: Text) -> str:
    """The Markdown as it was typed; an imported HTML text is turned into Markdown."""
    return to_markdown(text.html) if text.format == Format.HTML else text.source
