"""Names of what storage makes: they end in a short hash, stay under 63 bytes, and say what they are for."""

from __future__ import annotations

import hashlib

LONGEST = 63
_HASH = 8


def digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_HASH]


def generated(*parts: str) -> str:
    """A name from parts, the same for the same parts and different for different ones."""
    readable = "_".join(parts).encode()[: LONGEST - _HASH - 1].decode(errors="ignore")
    return f"{readable.rstrip('_')}_{digest(*parts)}"
