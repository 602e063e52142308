"""Simple filters as parameters: `stage = 'won' and amount > 1000` asks the same question whatever the values are.

Compiling a filter costs milliseconds, running it a fraction of one. A chain of plain comparisons of stored fields
with literals is therefore taken apart here, so that one compiled statement serves every value. What is not as plain
as that, or is wrong, goes the whole way through the expression language, which also says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sartor.platform.fields.base import Column, ColumnKind
from sartor.platform.model import Field
from sartor.platform.query.sources import is_stored
from sartor.platform.storage.columns import integer_digits, to_db

COMPARISON = re.compile(
    r"\s*([a-z][a-z0-9_]*)\s*(=|<=|>=|<|>)\s*(-?\d{1,15}(?:\.\d{1,12})?|'(?:[^']|'')*'|d'\d{4}-\d\d-\d\d')\s*(and\b|\Z)",
    re.IGNORECASE,
)
MOST = 8


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison of a stored field with the parameter `compare_<place>`."""

    name: str
    operator: str


@dataclass(frozen=True, slots=True)
class Simple:
    """A filter taken apart: its shape, and the values as the driver wants them."""

    compares: tuple[Compare, ...]
    values: Mapping[str, Any]


def take_apart(text: str, field_of: Callable[[str], Field | None], dialect: str) -> Simple | None:
    """The filter as comparisons; None where it is not a chain of plain ones."""
    compares: list[Compare] = []
    values: dict[str, Any] = {}
    at = 0
    while at < len(text):
        found = COMPARISON.match(text, at)
        if found is None or len(compares) == MOST:
            return None
        name, operator, literal, following = found.groups()
        field = field_of(name.lower())
        value = None if field is None else _value(field, operator, literal, dialect)
        if value is None:
            return None
        values[f"compare_{len(compares)}"] = value
        compares.append(Compare(name.lower(), operator))
        at = found.end()
        if following and at >= len(text):
            return None
    return Simple(tuple(compares), values) if compares else None


def _value(field: Field, operator: str, literal: str, dialect: str) -> Any:
    if not is_stored(field) or field.type.members(field) is not None:
        return None
    column = field.type.columns(field)[0]
    if column.kind is ColumnKind.DATE:
        return _day(literal)
    if column.kind in (ColumnKind.DECIMAL, ColumnKind.INTEGER):
        return _number(literal, column, dialect)
    if column.kind is ColumnKind.TEXT and operator == "=" and hasattr(field.details, "choices"):
        return _key(field, literal)
    return None


def _day(literal: str) -> str | None:
    try:
        return date.fromisoformat(literal[2:-1]).isoformat() if literal[:1] in "dD" else None
    except ValueError:
        return None


def _number(literal: str, column: Column, dialect: str) -> Any:
    """The number in the column's own scale; None where it has more decimals or digits than the column."""
    if literal[:1] in "'dD":
        return None
    number = Decimal(literal)
    scaled = number.scaleb(column.scale)
    if scaled != scaled.to_integral_value() or abs(scaled) >= 10 ** (integer_digits(column.scale) + column.scale):
        return None
    return int(number) if column.kind is ColumnKind.INTEGER else to_db(column.kind, column.scale, dialect)(number)


def _key(field: Field, literal: str) -> str | None:
    key = literal[1:-1].replace("''", "'") if literal[:1] == "'" else None
    try:
        return key if key and field.type.from_operand(field, key) is not None else None
    except ValueError:
        return None
