"""How a member is named in a text."""

import re

MENTION = r"(?<![\w@/.+-])@(\w(?:[\w.-]{0,62}\w)?)"
_MENTION = re.compile(MENTION)


def mentioned_names(source: str) -> set[str]:
    """Every name that could be meant, casefolded; those in code too, which will not be."""
    return {name.casefold() for name in _MENTION.findall(source)}


def rename_mention(source: str, *, username: str, to: str) -> str:
    """The source with `to` wherever this member is mentioned: after a new name, or an erasure."""
    wanted = username.casefold()
    return _MENTION.sub(lambda found: to if found[1].casefold() == wanted else found[0], source)
