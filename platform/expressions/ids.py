"""Ids of records as people see them in addresses and JSON: 13 characters of Crockford's base 32."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 13

_DIGITS = {char: value for value, char in enumerate(ALPHABET)}
_DIGITS |= {"O": 0, "I": 1, "L": 1}


def decoded(text: str) -> int | None:
    """The number of an id, None where the text is no id."""
    if len(text) != LENGTH:
        return None
    number = 0
    for char in text.upper():
        if char not in _DIGITS:
            return None
        number = number * 32 + _DIGITS[char]
    return number if number < 2**63 else None
