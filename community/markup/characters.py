"""Characters that no database takes."""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def find_unstorable(text: str | bytes) -> int | None:
    """The index of the first NUL, half surrogate pair or (in bytes) broken UTF-8."""
    if isinstance(text, bytes):
        try:
            text = text.decode()
        except UnicodeDecodeError as error:
            return error.start
    found = _UNSTORABLE.search(text)
    return found.start() if found else None


def replace_unstorable(text: str) -> str:
    """The text with a visible replacement character where something cannot be stored."""
    return _UNSTORABLE.sub("\ufffd", text)
