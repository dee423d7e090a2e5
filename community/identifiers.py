"""Random public ids: integer keys never leave the database."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 8


def new_public_id() -> str:
    """Eight characters without look-alikes: 31^8, some 850 billion; a unique key does the rest."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_public_id(text: str) -> bool:
    return len(text) == LENGTH and all(character in ALPHABET for character in text)


def new_token() -> str:
    """Names one filling-in of a form, so that sending it twice makes one thing."""
    return secrets.token_urlsafe(16)
