"""Keys that open something: made at random, shown once, kept only as a hash."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256

SELDOM = timedelta(minutes=1)
"""How often at most the last use of a session or token is written down."""


def new_key(prefix: str = "") -> str:
    """256 random bits."""
    return prefix + secrets.token_urlsafe(32)


def hashed(key: str) -> str:
    """What is stored of a key. A fast hash does: nobody guesses 256 bits."""
    return sha256(key.encode("utf-8", "replace")).hexdigest()


def instant(value: str) -> datetime:
    """An instant as the driver gives it."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC)
