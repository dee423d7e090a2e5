"""Pages' HTML where no Markdown was kept: less the forum's own furniture, before it is cleaned.

What is taken away or put in here needs not be safe: the house's sanitiser comes after.
"""

import re
from collections.abc import Callable
from html import escape, unescape

from community.importers.discourse.emoji import with_emoji

_CONTROLS = re.compile(r'<div class="quote-controls">[^<]{0,200}</div>')
_LIGHTBOX = re.compile(r'<div class="meta">.{0,3000}?</div>', re.DOTALL)
_AVATAR = re.compile(r'<img\s[^<>]{0,1000}?class="avatar"[^<>]{0,300}>')
_EMOJI = re.compile(r'<img\s[^<>]{0,1000}?alt="(:[\w+-]{2,50}:)"[^<>]{0,300}>')
_MENTION = re.compile(r'<a class="mention"[^<>]{0,300}>@([^<>]{1,80})</a>')
_QUOTE = re.compile(
    r'<aside class="quote[^"<>]{0,100}"([^<>]{0,500})>\s{0,9}<div class="title">(.{0,3000}?)</div>'
    r"\s{0,9}<blockquote>",
    re.DOTALL,
)
_DATA = re.compile(r'data-(username|post|topic)="([^"]{1,80})"')


def without_furniture(html: str, member: Callable[[str], str | None]) -> str:
    """Avatars and controls go, emoji are characters, a quotation says where it is from."""
    for furniture in (_CONTROLS, _LIGHTBOX, _AVATAR):
        html = furniture.sub("", html)
    html = _EMOJI.sub(lambda found: with_emoji(found[1]), html)
    html = _MENTION.sub(lambda found: f"@{member(unescape(found[1])) or found[1]}", html)
    return _QUOTE.sub(lambda found: _quotation(found[1], member), html)


def _quotation(data: str, member: Callable[[str], str | None]) -> str:
    said = dict(_DATA.findall(data))
    who, post, topic = said.get("username", ""), said.get("post", ""), said.get("topic", "")
    here = member(unescape(who))
    name = escape(here or unescape(who), quote=False) if here != "" else ""
    opening = '<blockquote class="quote">'
    if not (name and post.isdecimal() and topic.isdecimal()):
        return f'{opening}<p class="quote__source"><cite>{name}</cite></p>' if name else opening
    link = f'<a href="/t/-/{topic}/{post}">{name}</a>'
    return f'{opening}<p class="quote__source"><cite>{link}</cite></p>'
