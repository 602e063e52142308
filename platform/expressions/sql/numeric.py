"""Numbers in SQL.

PostgreSQL computes in NUMERIC. SQLite has no decimals: a number is an integer scaled by a known power of ten as long as
it surely fits 64 bits, and the decimal written as text, worked on by the registered function `sartor`, beyond that.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import operators

from sartor.platform.expressions.numbers import BIGGEST_INTEGER, GUARD, places
from sartor.platform.expressions.numbers import EXACT as DECIMALS
from sartor.platform.expressions.sql.builder import EXACT, Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import PLACES, Type


class Scaled(sa.BigInteger):
    """An integer that stands for a decimal; a result of ours says its scale to the expression that it is used in."""

    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale


def uncollated(element: sa.ColumnElement) -> sa.ColumnElement:
    """Without the collation for sorting: in SQLite it would reach every comparison around it."""
    if isinstance(element, sa.BinaryExpression) and element.operator is operators.collate:
        return element.left
    return element


def exact(b: Builder, number: Sql) -> Sql:
    """The number as NUMERIC, or as decimal text on SQLite."""
    if number.scale is None:
        return number
    if isinstance(number.constant, int):
        whole = number.constant
        # A decimal for PostgreSQL, too, which answers a bare 2 as the integer that it is.
        element = sa.literal(str(whole), sa.Text()) if b.sqlite else sa.literal(Decimal(whole), sa.Numeric())
        return replace(number, element=element, scale=None)
    if b.sqlite:
        return Sql(sqlite_call("exact", [number], sa.Text()), number.type)
    return replace(number, element=sa.cast(number.element, sa.Numeric()), scale=None)


def scaled(b: Builder, number: Sql, scale: int) -> Sql | None:
    """The number as an integer of a scale, where that surely fits (SQLite only)."""
    if number.blank:
        return replace(number, scale=scale)
    if number.constant is not None:
        shifted = _shifted(number.constant, scale)
        if shifted is None or abs(shifted) > BIGGEST_INTEGER:
            return None
        return replace(number, element=sa.literal(shifted, sa.BigInteger()), scale=scale, limit=abs(shifted))
    if number.scale is None or number.scale > scale:
        return None
    times = 10 ** (scale - number.scale)
    if number.limit * times > BIGGEST_INTEGER:
        return None
    element = number.element if times == 1 else number.element * sa.literal_column(str(times))
    return replace(number, element=element, scale=scale, limit=number.limit * times)


def _shifted(value: Any, scale: int) -> int | None:
    if isinstance(value, int):
        return value * 10**scale
    whole = value.scaleb(scale, DECIMALS)
    return int(whole) if whole == int(whole) else None


def own_scale(number: Sql) -> int:
    if number.scale is not None:
        return number.scale
    return max(0, places(number.constant)) if isinstance(number.constant, Decimal) else number.type.places


def alike(b: Builder, found: list[Sql]) -> list[Sql]:
    """Numbers in one form, so that they may be compared, chosen between or added; other values as they are."""
    if not found[0].type.number or all(each.scale == found[0].scale for each in found):
        return found
    if b.sqlite:
        scale = max(own_scale(each) for each in found)
        whole = [done for each in found if _whole_number(each) and (done := scaled(b, each, scale))]
        if len(whole) == len(found):
            return whole
    return [exact(b, each) for each in found]


def _sum(b: Builder, term: Term) -> Sql:
    left, right = (b.compile(arg) for arg in term.args)
    if left.blank or right.blank:
        return b.literal(None, term.type)
    if not b.sqlite:
        return Sql(_added(term, exact(b, left), exact(b, right)), term.type)
    left, right = alike(b, [left, right])
    if left.scale is not None and left.limit + right.limit <= BIGGEST_INTEGER:
        return Sql(_added(term, left, right), term.type, left.scale, left.limit + right.limit)
    return Sql(sqlite_call(term.op, [left, right], sa.Text()), term.type)


def _added(term: Term, left: Sql, right: Sql) -> sa.ColumnElement:
    return left.element + right.element if term.op == "add" else left.element - right.element


def _multiply(b: Builder, term: Term) -> Sql:
    left, right = (b.compile(arg) for arg in term.args)
    if left.blank or right.blank:
        return b.literal(None, term.type)
    if not b.sqlite:
        product = exact(b, left).element * exact(b, right).element
        whole = sum(arg.type.places for arg in term.args) <= PLACES
        return Sql(product if whole else sa.func.round(product, PLACES), term.type)
    scale = own_scale(left) + own_scale(right)
    one, other = _small(b, left), _small(b, right)
    if one and other and (limit := one.limit * other.limit) <= BIGGEST_INTEGER and scale <= PLACES:
        return Sql(one.element * other.element, term.type, scale, limit)
    return Sql(sqlite_call("multiply", [left, right], sa.Text()), term.type)


def _small(b: Builder, number: Sql) -> Sql | None:
    return scaled(b, number, own_scale(number)) if _whole_number(number) else None


def _whole_number(number: Sql) -> bool:
    """Whether it is known, or held as an integer."""
    return number.constant is not None or number.scale is not None or number.blank


def _divide(b: Builder, term: Term) -> Sql:
    left, right = (b.compile(arg) for arg in term.args)
    if left.blank or right.blank:
        return b.literal(None, term.type)
    return divided(b, left, right, term.type)


def divided(b: Builder, left: Sql, right: Sql, kind: Type) -> Sql:
    """A quotient to 12 decimals, NULL where the divisor is 0; the numerator's decimals make PostgreSQL keep enough."""
    if b.sqlite:
        return Sql(sqlite_call("divide", [left, right], sa.Text()), kind)
    top = sa.func.round(exact(b, left).element, sa.literal_column(str(GUARD)))
    bottom = sa.func.nullif(exact(b, right).element, sa.literal_column("0"))
    quotient = top.op("/", precedence=8, return_type=sa.Numeric())(bottom)
    return Sql(sa.func.round(quotient, sa.literal_column(str(PLACES)), type_=sa.Numeric()), kind)


def _negate(b: Builder, term: Term) -> Sql:
    found = b.compile(term.args[0])
    if b.sqlite and term.type.number and found.scale is None:
        return Sql(sqlite_call("negate", [found], sa.Text()), term.type)
    return replace(found, element=-found.element, constant=None)


def _fit(b: Builder, term: Term) -> Sql:
    found = b.compile(term.args[0])
    places = term.type.places
    if found.blank:
        return b.literal(None, term.type)
    if not b.sqlite:
        element = sa.func.round(exact(b, found).element, sa.literal_column(str(places)), type_=sa.Numeric())
        return Sql(element, term.type)
    whole = scaled(b, found, places)
    return whole or Sql(sqlite_call("fit", [found], sa.Text(), sa.literal_column(str(places))), term.type)


def finished(b: Builder, number: Sql, kind: Type) -> sa.ColumnElement:
    """A number as it leaves: the integer scaled by its type or the decimal as text on SQLite, bigint or NUMERIC on
    PostgreSQL; NULL beyond 38 digits."""
    if number.blank:
        return sa.cast(sa.null(), b.raw_type(kind))
    if kind.name == "integer":
        return _whole(b, number)
    if b.sqlite:
        done = scaled(b, number, kind.places)
        if done is not None:
            return sa.type_coerce(done.element, Scaled(kind.places))
        return sa.collate(sqlite_call("finish", [number], sa.Text()), "sartor_decimal")
    element = exact(b, number).element
    return element if number.limit < EXACT else within(element, EXACT)


def _whole(b: Builder, number: Sql) -> sa.ColumnElement:
    if number.scale == 0:
        return number.element
    if b.sqlite:
        return sqlite_call("finish_whole", [number], sa.BigInteger())
    return sa.cast(within(number.element, BIGGEST_INTEGER + 1), sa.BigInteger())


def within(element: sa.ColumnElement, limit: int) -> sa.ColumnElement:
    """NULL where the absolute value reaches the limit; asks for the element once only (LEAST skips NULL)."""
    high: sa.ColumnElement = sa.literal_column(str(limit))
    low: sa.ColumnElement = sa.literal_column(str(-limit))
    below = sa.func.nullif(sa.func.least(element, high), high)
    return sa.func.nullif(sa.func.greatest(below, low), low, type_=sa.Numeric())


OPERATIONS = {
    "add": _sum,
    "subtract": _sum,
    "multiply": _multiply,
    "divide": _divide,
    "negate": _negate,
    "fit": _fit,
}
