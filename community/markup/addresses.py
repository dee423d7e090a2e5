"""Which addresses a text may carry, and which of them lead outside."""

import re
from urllib.parse import quote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_REFUSED = re.compile(r"[\x00-\x20\x7f\\]")
# Zero-width and direction characters make an address read as another one; they are shown as what
# they are.
_DECEIVING = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc]"
)
_MAIL_FIELDS = re.compile(r"\?.*", re.DOTALL)


def permitted_address(address: str) -> str | None:
    """The address as it may stand in a page; None for any scheme but http, https and mailto."""
    address = address.strip(" \t\r\n\f")
    if _REFUSED.search(address):
        address = address.replace(" ", "%20")
        if _REFUSED.search(address):
            return None
    address = _DECEIVING.sub(lambda found: quote(found.group()), address)
    scheme = _SCHEME.match(address)
    if not scheme:
        head = re.split(r"[/?#]", address, maxsplit=1)[0]
        return None if ":" in head else address
    name = scheme.group().lower()
    if name == "mailto:":
        return _MAIL_FIELDS.sub("", address)
    return (
        address if name in ("http:", "https:") and address[len(name) :].startswith("//") else None
    )


def is_external(address: str, home: str) -> bool:
    """Whether following the address, or loading from it, reaches another host than `home`."""
    if home and (address == home or address.startswith(home + "/")):
        return False
    return address.startswith("//") or bool(re.match("https?:", address, re.IGNORECASE))
