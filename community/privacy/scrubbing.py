"""Taking a person's name, username and addresses out of what others wrote and what was stored."""

import json
import re
from collections.abc import Mapping
from functools import cached_property
from html import escape
from typing import Any

from flask_babel import gettext as _
from slugify import slugify

from community.erasure import Person
from community.markup import rename_mention

_MENTION = r'<a class="mention" href="[^"]*/people/{}">[^<]*</a>'
_QUOTED = r'(<p class="quote__source"><cite><a href="[^"]*/posts/({})">){}(</a>)'
_ID = "[0-9A-Za-z]+"


class Scrubber:
    """Rewrites texts about one person; what does not name them comes back as it was."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.nobody = _("a former member")

    @cached_property
    def needles(self) -> list[str]:
        """What a stored text contains if it names the person, also as JSON writes it."""
        person = self.person
        said = [f"@{person.username}", f"/people/{person.username}", *person.addresses]
        if person.has_telling_name:
            said += [person.name, escape(person.name), slugify(person.name)]
        return list(dict.fromkeys([*said, *(json.dumps(one)[1:-1] for one in said)]))

    def scrub(self, text: str) -> str:
        """A source, a title, a line of plain text."""
        text = rename_mention(text, username=self.person.username, to=self.nobody)
        for pattern, instead in self._patterns:
            text = pattern.sub(instead, text)
        return text

    def scrub_html(self, html: str, own_posts: Mapping[str, bool]) -> str:
        """Rendered HTML; `own_posts` says of each quoted post whether it is the person's."""
        mention = _MENTION.format(re.escape(self.person.username))
        html = re.sub(mention, lambda _found: escape(self.nobody), html, flags=re.IGNORECASE)
        quoted = _QUOTED.format(_ID, re.escape(escape(self.person.name)))

        def unname(found: re.Match[str]) -> str:
            name = _("Former member") if own_posts.get(found[2]) else escape(self.person.name)
            return found[1] + escape(name) + found[3]

        return self.scrub(re.sub(quoted, unname, html))

    def scrub_value(self, value: Any) -> Any:
        """Strings in a JSON value, wherever they stand."""
        if isinstance(value, str):
            return self.scrub(value)
        if isinstance(value, list):
            return [self.scrub_value(one) for one in value]
        if isinstance(value, dict):
            return {key: self.scrub_value(one) for key, one in value.items()}
        return value

    def quoted_in(self, html: str) -> list[str]:
        """The posts from which the text quotes somebody of this name."""
        pattern = _QUOTED.format(_ID, re.escape(escape(self.person.name)))
        return [found[2] for found in re.finditer(pattern, html)]

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        person = self.person
        username = re.escape(person.username)
        patterns = [(rf"/people/{username}(?![.-]*\w)", "/people")]
        patterns += [(re.escape(address), _("address removed")) for address in person.addresses]
        if person.has_telling_name:
            for name in (person.name, escape(person.name)):
                patterns.append((rf"(?<!\w){re.escape(name)}(?!\w)", self.nobody))
            named = slugify(person.name)
            patterns.append((rf"(?<![a-z0-9]){re.escape(named)}(?![a-z0-9])", "former-member"))
        return [(re.compile(one, re.IGNORECASE), instead) for one, instead in patterns]
