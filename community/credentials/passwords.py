"""Passwords, hashed with argon2id; at most two hashes at a time in one process."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 8, 128

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_gate = threading.BoundedSemaphore(2)
_nobody = _hasher.hash("a password that nobody has")


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
