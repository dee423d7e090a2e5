"""Passwords, hashed with argon2id; at most two hashes at a time in one process."""

import re
import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from community.errors import Invalid

SHORTEST, LONGEST = 8, 128

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_gate = threading.BoundedSemaphore(2)
_nobody = _hasher.hash("a password that nobody has")

_LEET = str.maketrans("013457@$!|+", "oieastasiit")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "a1b2c3d4e5f6g7h8",
    "1a2b3c4d5e6f7g8h",
    "12qwaszx34erdfcv",
    "123qweasdzxc",
)


def hash_password(password: str) -> str:
    with _gate:
        return _hasher.hash(password)


def verify(hash: str | None, password: str) -> bool:
    """Take the same time whether or not there is a hash to compare with."""
    with _gate:
        try:
            matches = _hasher.verify(hash or _nobody, password)
        except (VerificationError, InvalidHashError):
            return False
    return matches and hash is not None


def check_password(password: str, *, about: Iterable[str] = ()) -> str:
    """The password, kept whole; raise `Invalid` for one that is short, common or one's own name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(
            {
                "password": _(
                    "A password has %(least)s to %(most)s characters.", least=SHORTEST, most=LONGEST
                )
            }
        )
    if is_easily_guessed(password, about):
        raise Invalid(
            {"password": _("This password is easily guessed. Three or four odd words are better.")}
        )
    return password


def is_easily_guessed(password: str, about: Iterable[str] = ()) -> bool:
    """Whether it is hardly more than common words, a run of keys, or words about its owner.

    Dressing a word up with digits, signs and look-alikes, or saying it twice, does not help it.
    """
    plain = password.casefold()
    if len(set(plain)) < 5 or (re.fullmatch(r"[\d\W_]+", plain) and len(plain) < 12):
        return True
    own = {part for word in about for part in re.split(r"\W+", word.casefold()) if len(part) > 2}
    stems = {plain, plain.translate(_LEET)}
    return any(_unexplained(stem, own | _common_words()) < 4 for stem in stems)


def _unexplained(text: str, words: Iterable[str]) -> int:
    """How many letters are left when runs of keys and known words, longest first, are taken out."""
    for run in _RUNS:
        for line in (run, run[::-1]):
            text = _without_run(text, line)
    text = re.sub(r"(.)\1{2,}", "", text)
    for word in sorted((word for word in words if word in text), key=len, reverse=True):
        text = text.replace(word, " ")
    return sum(1 for letter in text if letter.isalpha())


def _without_run(text: str, line: str) -> str:
    for length in range(min(len(line), len(text)), 3, -1):
        for start in range(len(text) - length + 1):
            if text[start : start + length] in line:
                return _without_run(text[:start] + " " + text[start + length :], line)
    return text


@cache
def _common_words() -> frozenset[str]:
    words = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").split()
    return frozenset(words)
