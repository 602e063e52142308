"""How each kind of column is stored, and the way of a value into it and out of it.

Driver values are the same plain things on both engines wherever possible: text for days and instants, integers for
ids. Only decimals differ: NUMERIC on PostgreSQL, scaled integers on SQLite, whose NUMERIC is a float. Reading gives
the *wire form* (JSON-ready) without a Decimal or a datetime in between.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Invalid, Problem
from sartor.platform.fields.base import ColumnKind
from sartor.platform.text import gettext as _

DIGITS = 18
"""Digits of a decimal in all: what fits a signed 64-bit integer whatever the scale."""
INTEGER_DIGITS = 15

_exact = Context(prec=60, rounding=ROUND_HALF_UP)

Convert = Callable[[Any], Any]


def integer_digits(scale: int) -> int:
    """How many digits a decimal of this scale may have before the point."""
    return min(INTEGER_DIGITS, DIGITS - scale)


@lru_cache(maxsize=256)
def sa_type(kind: ColumnKind, scale: int, dialect: str) -> sa.types.TypeEngine[Any]:
    """The SQLAlchemy type of a column. It converts nothing: values go through `to_db` and `wire`."""
    return _SQLITE_TYPES[kind] if dialect == "sqlite" else _postgresql_type(kind, scale)


_SQLITE_TYPES: dict[ColumnKind, sa.types.TypeEngine[Any]] = {
    # INTEGER holds 64 bits, and no other word makes a primary key the row's own number.
    ColumnKind.TEXT: sa.Text(),
    ColumnKind.INTEGER: sa.Integer(),
    ColumnKind.DECIMAL: sa.Integer(),
    ColumnKind.BOOLEAN: sa.Boolean(),
    ColumnKind.DATE: sa.Text(),
    ColumnKind.INSTANT: sa.Text(),
    ColumnKind.ID: sa.Integer(),
}

_POSTGRESQL_TYPES: dict[ColumnKind, sa.types.TypeEngine[Any]] = {
    # Bytewise order: the same as SQLite's BINARY, and what sort keys and cursors are made for.
    ColumnKind.TEXT: sa.Text(collation="C"),
    ColumnKind.INTEGER: sa.BigInteger(),
    ColumnKind.BOOLEAN: sa.Boolean(),
    ColumnKind.DATE: sa.Date(),
    ColumnKind.INSTANT: sa.DateTime(),
    ColumnKind.ID: sa.BigInteger(),
}


def _postgresql_type(kind: ColumnKind, scale: int) -> sa.types.TypeEngine[Any]:
    return sa.Numeric(DIGITS, scale) if kind is ColumnKind.DECIMAL else _POSTGRESQL_TYPES[kind]


# ---- Python value -> driver value


@lru_cache(maxsize=256)
def storer(kind: ColumnKind, scale: int, dialect: str) -> Convert | None:
    """A function from Python values (never None) to driver values; None where they are the same."""
    match kind:
        case ColumnKind.DECIMAL:
            return _scaler(scale) if dialect == "sqlite" else _rounder(scale)
        case ColumnKind.BOOLEAN:
            return int if dialect == "sqlite" else bool
        case ColumnKind.DATE:
            return _date_text
        case ColumnKind.INSTANT:
            return instant_text
    return None


def to_db(kind: ColumnKind, scale: int, dialect: str) -> Convert:
    """A function from a Python value, or None, to what the driver wants.

    It raises Invalid for a number that does not fit, ValueError for something of the wrong type.
    """
    store = storer(kind, scale, dialect)
    if store is None:
        return _same
    return lambda value: None if value is None else store(value)


def _same(value: Any) -> Any:
    return value


def _units(value: Decimal | int, scale: int) -> int:
    """`value` in units of the last digit, rounded half up."""
    units = int(_exact.scaleb(Decimal(value), scale).to_integral_value(ROUND_HALF_UP))
    if abs(units) >= 10 ** (integer_digits(scale) + scale):
        message = _("%(value)s is too large: at most %(digits)s digits before the point", value=value,
                    digits=integer_digits(scale))  # fmt: skip
        raise Invalid(message, [Problem("", "too_large", message)])
    return units


def _scaler(scale: int) -> Convert:
    return lambda value: _units(value, scale)


def _rounder(scale: int) -> Convert:
    return lambda value: Decimal(_units(value, scale)).scaleb(-scale, _exact)


def _date_text(value: date | str) -> str:
    return value if isinstance(value, str) else date(value.year, value.month, value.day).isoformat()


@lru_cache(maxsize=256)  # one write puts the same instant in many places
def instant_text(value: datetime | str) -> str:
    """An instant as stored, `2026-05-01 08:00:00.000000`, in UTC; a text is taken to be in wire form."""
    if isinstance(value, str):
        return value.rstrip("Z").replace("T", " ")
    if value.tzinfo is not UTC and value.tzinfo:
        value = value.astimezone(UTC)
    return value.isoformat(" ", "microseconds")[:26]


def seconds_between(earlier: Any, later: Any, dialect: str) -> sa.ColumnElement[Any]:
    """Whole seconds from one stored instant to another, as an expression."""
    if dialect == "sqlite":
        # Days are floats there, a little off; half a millisecond keeps them from losing a second.
        days = sa.func.julianday(later) - sa.func.julianday(earlier)
        return sa.cast(days * 86_400 + 0.0005, sa.Integer())
    epoch = sa.extract("epoch", sa.type_coerce(later - earlier, sa.Interval()))
    return sa.cast(sa.func.floor(epoch), sa.BigInteger())


# ---- driver value -> wire form


@lru_cache(maxsize=256)
def wire(kind: ColumnKind, scale: int, dialect: str) -> Convert | None:
    """A function from a driver value, or None, to its wire form; None where they are the same."""
    match kind:
        case ColumnKind.DECIMAL:
            return _unscaler(scale) if dialect == "sqlite" else None
        case ColumnKind.BOOLEAN:
            return _truth if dialect == "sqlite" else None
        case ColumnKind.INSTANT:
            return _iso_sqlite if dialect == "sqlite" else _iso_postgresql
    return None


def _unscaler(scale: int) -> Convert:
    if scale == 0:
        return lambda units: None if units is None else str(units)
    unit = 10**scale

    def unscaled(units: int | None) -> str | None:
        if units is None:
            return None
        whole, part = divmod(abs(units), unit)
        return f"{'-' if units < 0 else ''}{whole}.{part:0{scale}}"

    return unscaled


def _truth(value: int | None) -> bool | None:
    return None if value is None else value != 0


def _iso_sqlite(value: str | None) -> str | None:
    return None if value is None else f"{value[:10]}T{value[11:]}Z"


def _iso_postgresql(value: str | None) -> str | None:
    """PostgreSQL leaves out trailing zeros of the seconds' fraction, and the fraction when it is zero."""
    return None if value is None else f"{value[:10]}T{value[11:]}{_LEFT_OUT[len(value)]}"


_LEFT_OUT = {19: ".000000Z", **{20 + digits: "0" * (6 - digits) + "Z" for digits in range(1, 7)}}
"""What is missing of an instant, by the length of what PostgreSQL gave."""
