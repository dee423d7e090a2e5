"""What changed between two versions, word by word.

Lines first, then the words of changed lines. Words that stand once in both versions hold the two
together (patience); what lies between is compared by Myers' algorithm under a budget, because
`difflib` takes minutes on a hostile page. When the budget is spent, the rest is shown as replaced:
coarser, never wrong.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from community.markup.trusted import trusted

BUDGET = 400_000
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a comparison.

    `kind` is same, changed, removed, added, or skipped: `count` unchanged lines left out.
    """

    kind: str
    old_number: int | None = None
    old: Markup | None = None
    new_number: int | None = None
    new: Markup | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch of the old sequence and what stands in its place."""

    same: bool
    old: slice
    new: slice


def word_diff(old: str, new: str) -> Markup:
    """The new text, escaped, with what was taken out in <del> and what was put in in <ins>."""
    budget = _Budget()
    pieces = []
    a, b = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for change in _changes(a, b, budget):
        before, after = "".join(a[change.old]), "".join(b[change.new])
        pieces.append(escape(before) if change.same else _marked(before, after, budget))
    return trusted("".join(pieces))


def side_by_side(old: str, new: str, *, context: int = 3) -> list[Row]:
    """The two versions line against line; of what is the same, `context` lines at each change."""
    budget = _Budget()
    a, b = old.splitlines(), new.splitlines()
    rows: list[Row] = []
    changes = list(_changes(a, b, budget))
    for place, change in enumerate(changes):
        if change.same:
            rows += _unchanged(
                a, change, 0 if place == 0 else context, 0 if place == len(changes) - 1 else context
            )
        else:
            rows += _paired(a, b, change, budget)
    return rows


def matching_stretches(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Where both have the same lines: first line here, first line there, how many."""
    return list(_stretches(_match(old, new, _Budget())))


def _unchanged(a: list[str], change: _Change, head: int, tail: int) -> Iterator[Row]:
    offset = change.new.start - change.old.start
    numbers = range(change.old.start, change.old.stop)
    hidden = len(numbers) - head - tail
    for place, number in enumerate(numbers):
        if not (hidden > 1 and head <= place < head + hidden):
            line = trusted(escape(a[number]))
            yield Row("same", number + 1, line, number + offset + 1, line)
        elif place == head:
            yield Row("skipped", count=hidden)


def _paired(a: list[str], b: list[str], change: _Change, budget: "_Budget") -> Iterator[Row]:
    old, new = (
        list(range(change.old.start, change.old.stop)),
        list(range(change.new.start, change.new.stop)),
    )
    for left, right in zip(old, new, strict=False):
        before, after = _marked_apart(a[left], b[right], budget)
        yield Row("changed", left + 1, before, right + 1, after)
    for left in old[len(new) :]:
        yield Row("removed", left + 1, trusted(f"<del>{escape(a[left])}</del>"))
    for right in new[len(old) :]:
        yield Row("added", None, None, right + 1, trusted(f"<ins>{escape(b[right])}</ins>"))


def _marked(old: str, new: str, budget: "_Budget") -> str:
    return "".join(
        escape(before) if same else _tagged("del", before) + _tagged("ins", after)
        for same, before, after in _words(old, new, budget)
    )


def _marked_apart(old: str, new: str, budget: "_Budget") -> tuple[Markup, Markup]:
    left, right = [], []
    for same, before, after in _words(old, new, budget):
        left.append(escape(before) if same else _tagged("del", before))
        right.append(escape(after) if same else _tagged("ins", after))
    return trusted("".join(left)), trusted("".join(right))


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""


def _words(old: str, new: str, budget: "_Budget") -> Iterator[tuple[bool, str, str]]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    for change in _changes(a, b, budget):
        yield change.same, "".join(a[change.old]), "".join(b[change.new])


def _changes(a: list[str], b: list[str], budget: "_Budget") -> Iterator[_Change]:
    """Alternating stretches that are the same and that are not."""
    i = j = 0
    for start, other, length in _stretches(_match(a, b, budget)):
        if i < start or j < other:
            yield _Change(False, slice(i, start), slice(j, other))
        yield _Change(True, slice(start, start + length), slice(other, other + length))
        i, j = start + length, other + length
    if i < len(a) or j < len(b):
        yield _Change(False, slice(i, len(a)), slice(j, len(b)))


def _stretches(pairs: Pairs) -> Iterator[tuple[int, int, int]]:
    start = 0
    for place in range(1, len(pairs) + 1):
        if place == len(pairs) or pairs[place] != (
            pairs[place - 1][0] + 1,
            pairs[place - 1][1] + 1,
        ):
            yield (*pairs[start], place - start)
            start = place


def _match(a: list[str], b: list[str], budget: "_Budget") -> Pairs:
    """Pairs of equal elements, rising: common ends, then anchors, then Myers between them."""
    head, tail = _common_ends(a, b)
    pairs = [(n, n) for n in range(head)]
    i = j = head
    end_a, end_b = len(a) - tail, len(b) - tail
    for next_i, next_j in [*_anchors(a, b, slice(head, end_a), slice(head, end_b)), (end_a, end_b)]:
        pairs += [(i + x, j + y) for x, y in _myers(a[i:next_i], b[j:next_j], budget)]
        if next_i < end_a:
            pairs.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return pairs + [(end_a + n, end_b + n) for n in range(tail)]


def _common_ends(a: list[str], b: list[str]) -> tuple[int, int]:
    shorter = min(len(a), len(b))
    head = next((n for n in range(shorter) if a[n] != b[n]), shorter)
    tail = next((n for n in range(shorter - head) if a[-1 - n] != b[-1 - n]), shorter - head)
    return head, tail


def _anchors(a: list[str], b: list[str], of_a: slice, of_b: slice) -> Pairs:
    """Elements that occur once on each side, in the longest order they share."""
    once_a, once_b = Counter(a[of_a]), Counter(b[of_b])
    place_in_b = {token: n for n, token in enumerate(b[of_b], of_b.start) if once_b[token] == 1}
    common = [
        (n, place_in_b[t])
        for n, t in enumerate(a[of_a], of_a.start)
        if once_a[t] == 1 and t in place_in_b
    ]
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for place, (_, j) in enumerate(common):
        pile = bisect_left(tops, j)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1], piles[pile : pile + 1] = [j], [place]
    chain, place = [], piles[-1] if piles else -1
    while place >= 0:
        chain.append(common[place])
        place = before[place]
    return chain[::-1]


class _Budget:
    """Steps that one comparison may still take."""

    def __init__(self, steps: int = BUDGET):
        self.left = steps

    def spend(self, steps: int) -> bool:
        self.left -= steps
        return self.left >= 0


def _myers(a: list[str], b: list[str], budget: _Budget) -> Pairs:
    """A shortest edit script's matches; none when the budget ends first."""
    if not a or not b:
        return []
    furthest, trail = {1: 0}, []
    edits = 0
    while budget.spend(2 * edits + 1):
        trail.append(furthest.copy())
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (
                diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1]
            )
            x = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            start = x
            while x < len(a) and x - diagonal < len(b) and a[x] == b[x - diagonal]:
                x += 1
            budget.spend(x - start)
            furthest[diagonal] = x
            if x >= len(a) and x - diagonal >= len(b):
                return _retrace(trail, len(a), len(b))
        edits += 1
    return []


def _retrace(trail: list[dict[int, int]], x: int, y: int) -> Pairs:
    pairs: Pairs = []
    for edits in range(len(trail) - 1, -1, -1):
        furthest, diagonal = trail[edits], x - y
        down = diagonal == -edits or (
            diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1]
        )
        before = diagonal + 1 if down else diagonal - 1
        start = furthest[before]
        while x > max(start, 0) and y > max(start - before, 0):
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = start, start - before
    return pairs[::-1]
