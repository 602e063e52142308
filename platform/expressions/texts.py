"""Texts as both back ends treat them: letters a-z have a case here, and a result has 10,000 characters at most."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sartor.platform.expressions.numbers import written

MAX_RESULT = 10_000
BLANKS = "".join(char for char in map(chr, range(0x3001)) if char.isspace())  # what trim takes off

_LOWER = {ord(upper): upper.lower() for upper in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_UPPER = {ord(lower): lower.upper() for lower in "abcdefghijklmnopqrstuvwxyz"}


def lower(text: str) -> str:
    return text.translate(_LOWER)


def upper(text: str) -> str:
    return text.translate(_UPPER)


def spelled(value: str | int | Decimal | date | datetime) -> str:
    """A value inside a text: numbers without trailing zeros, days as 2026-05-01, local instants to the minute."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return written(value) if isinstance(value, int | Decimal) else value
