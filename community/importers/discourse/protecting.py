"""Code in a text, put out of reach while everything else is turned."""

import re

_TOKEN = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n`]*$|(?P<ticks>`+)"
    r"|(?P<open>\[code(?:=[^\[\]\n]{0,40})?\]|<pre>\s{0,3}<code[^<>\n]{0,80}>|<(?:pre|code)>)"
    r"|(?P<close>\[/code\]|</code>\s{0,3}</pre>|</(?:pre|code)>)",
    re.MULTILINE | re.IGNORECASE,
)
_KEPT = re.compile("\ue000([0-9]+)\ue001")
_SENTINELS = re.compile("[\ue000\ue001]")


class Protected:
    """`text` has a mark in place of each piece of code; `restore` puts them back."""

    def __init__(self, source: str) -> None:
        self._kept: list[str] = []
        self._source = _SENTINELS.sub("\ufffd", source)
        self._tokens = list(_TOKEN.finditer(self._source))
        self._unclosed: set[str] = set()
        self.text = self._protect()

    def restore(self, text: str) -> str:
        return _KEPT.sub(lambda found: self._kept[int(found[1])], text)

    def _protect(self) -> str:
        pieces: list[str] = []
        at = place = 0
        while place < len(self._tokens):
            end, code = self._code_from(place)
            if end is not None:
                token = self._tokens[place]
                pieces += [self._source[at : token.start()], f"\ue000{len(self._kept)}\ue001"]
                self._kept.append(code)
                at = self._tokens[end].end() if end < len(self._tokens) else len(self._source)
                place = end
            place += 1
        return "".join(pieces) + self._source[at:]

    def _code_from(self, place: int) -> tuple[int | None, str]:
        """The token that ends the code begun by this one, and the code as it will stand."""
        token = self._tokens[place]
        if token["fence"]:
            end = self._find(place, lambda other: _closes(token["fence"], other["fence"]))
            end = len(self._tokens) if end is None else end
            return end, self._source[token.start() : self._end_of(end)]
        if token["open"]:
            sign = token["open"][0]
            end = self._find_once(sign, place, lambda other: (other["close"] or " ")[0] == sign)
            return end, "" if end is None else self._fenced(place, end)
        if token["ticks"]:
            ticks = token["ticks"]
            end = self._find_once(ticks, place, lambda other: other["ticks"] == ticks)
            if end is None or "\n\n" in self._source[token.end() : self._tokens[end].start()]:
                return None, ""
            return end, self._source[token.start() : self._end_of(end)]
        return None, ""

    def _find(self, place: int, wanted) -> int | None:
        after = range(place + 1, len(self._tokens))
        return next((end for end in after if wanted(self._tokens[end])), None)

    def _find_once(self, kind: str, place: int, wanted) -> int | None:
        """What has no end after one place has none after a later one: it is not sought again."""
        if kind in self._unclosed:
            return None
        end = self._find(place, wanted)
        if end is None:
            self._unclosed.add(kind)
        return end

    def _end_of(self, place: int) -> int:
        return self._tokens[place].end() if place < len(self._tokens) else len(self._source)

    def _fenced(self, place: int, end: int) -> str:
        """`[code]` or `<code>` over several lines is a block, else within the words."""
        code = self._source[self._tokens[place].end() : self._tokens[end].start()]
        longest = max((len(run) for run in re.findall("`+", code)), default=0)
        if "\n" not in code:
            ticks = "`" * (longest + 1)
            return f"{ticks}{code}{ticks}" if not longest else f"{ticks} {code} {ticks}"
        fence = "`" * max(3, longest + 1)
        return f"\n\n{fence}\n{code.strip(chr(10))}\n{fence}\n\n"


def _closes(fence: str, other: str | None) -> bool:
    return bool(other) and other[0] == fence[0] and len(other) >= len(fence)
