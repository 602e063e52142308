"""Numbers: rounding, remainders, roots."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa

from sartor.platform.expressions import numbers
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.numeric import exact
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import INTEGER, PLACES, Type, common, decimal, plain

_X = Param("x", "number")
_DIGITS = Param("digits", "integer", optional=True)


def _rounding(name: str):
    how = numbers.HOW[name]

    return lambda value, digits=0: numbers.to_places(value, digits, how)


def _places(x: Term, digits: Term | None = None) -> Type:
    """An integer when rounded to whole numbers by a written 0; else a decimal."""
    if digits is None or (digits.op == "const" and isinstance(digits.value, int)):
        places = digits.value if digits else 0
        return INTEGER if places <= 0 else decimal(min(places, PLACES))
    return decimal()


def _whole(how: str):
    return lambda value: int(numbers.rounded(value, 0, how))


def _mod(value: numbers.Number, by: numbers.Number) -> numbers.Number | None:
    if by == 0:
        return None
    return numbers.EXACT.remainder(Decimal(value), Decimal(by))


def _sqrt(value: numbers.Number) -> Decimal | None:
    if value < 0:
        return None
    root = numbers.ROOT.sqrt(Decimal(value))
    return numbers.rounded(numbers.rounded(root, numbers.ROOT_GUARD), PLACES)


def _round_sql(b: Builder, x: Sql, digits: Sql | None = None) -> Sql:
    places = b.bounded(digits, -38, PLACES) if digits else sa.literal_column("0")
    return Sql(sa.func.round(exact(b, x).element, places, type_=sa.Numeric()), decimal())


def _rounddown_sql(b: Builder, x: Sql, digits: Sql | None = None) -> Sql:
    places = b.bounded(digits, -38, PLACES) if digits else sa.literal_column("0")
    return Sql(sa.func.trunc(exact(b, x).element, places, type_=sa.Numeric()), decimal())


def _roundup_sql(b: Builder, x: Sql, digits: Sql | None = None) -> Sql:
    """Cut, plus one unit of the last place where something was cut."""
    places = b.bounded(digits, -38, PLACES) if digits else sa.literal_column("0")
    number = exact(b, x).element
    cut = sa.func.trunc(number, places, type_=sa.Numeric())
    unit = sa.func.power(sa.literal_column("10::numeric", sa.Numeric()), -places, type_=sa.Numeric())
    up = cut + sa.func.sign(number, type_=sa.Numeric()) * unit
    return Sql(sa.func.round(sa.case((cut == number, cut), else_=up), places, type_=sa.Numeric()), decimal())


def _mod_sql(b: Builder, x: Sql, by: Sql) -> Sql:
    divisor = sa.func.nullif(exact(b, by).element, sa.literal_column("0"))
    return Sql(sa.func.mod(exact(b, x).element, divisor, type_=sa.Numeric()), decimal())


def _sqrt_sql(b: Builder, x: Sql) -> Sql:
    guard: sa.ColumnElement = sa.literal_column(str(numbers.ROOT_GUARD))
    number = sa.func.round(exact(b, x).element, guard, type_=sa.Numeric())
    root = sa.case((number >= sa.literal_column("0"), sa.func.sqrt(sa.func.abs(number), type_=sa.Numeric())))
    return Sql(sa.func.round(root, sa.literal_column(str(PLACES)), type_=sa.Numeric()), decimal())


def _simple_sql(name: str):
    return lambda b, x: Sql(getattr(sa.func, name)(exact(b, x).element, type_=sa.Numeric()), decimal())


FUNCTIONS = (
    Function(
        name="round",
        wide=True,
        params=(_X, _DIGITS),
        returns=_places,
        python=_rounding("round"),
        sql=_round_sql,
        repeats=(1, 2),
        help={"en": "Rounded to a number of decimals, halves away from zero.", "zh": "四舍五入到若干位小数。"},
        example=("round(2.345, 2)", "2.35"),
    ),
    Function(
        name="rounddown",
        wide=True,
        params=(_X, _DIGITS),
        returns=_places,
        python=_rounding("rounddown"),
        sql=_rounddown_sql,
        repeats=(1, 2),
        help={"en": "Cut to a number of decimals, towards zero.", "zh": "向零舍去到若干位小数。"},
        example=("rounddown(-2.349, 2)", "-2.34"),
    ),
    Function(
        name="roundup",
        wide=True,
        params=(_X, _DIGITS),
        returns=_places,
        python=_rounding("roundup"),
        sql=_roundup_sql,
        repeats=(4, 6),
        help={"en": "Rounded away from zero to a number of decimals.", "zh": "远离零进位到若干位小数。"},
        example=("roundup(2.341, 2)", "2.35"),
    ),
    Function(
        name="int",
        wide=True,
        aliases=("floor",),
        params=(_X,),
        returns=INTEGER,
        python=_whole(numbers.FLOOR),
        sql=_simple_sql("floor"),
        help={"en": "The largest whole number not above.", "zh": "向下取整。"},
        example=("int(-2.5)", "-3"),
    ),
    Function(
        name="ceiling",
        wide=True,
        params=(_X,),
        returns=INTEGER,
        python=_whole(numbers.CEILING),
        sql=_simple_sql("ceil"),
        help={"en": "The smallest whole number not below.", "zh": "向上取整。"},
        example=("ceiling(2.1)", "3"),
    ),
    Function(
        name="abs",
        wide=True,
        params=(_X,),
        returns=lambda x: plain(x.type),
        python=lambda value: value.copy_abs() if isinstance(value, Decimal) else abs(value),
        sql=_simple_sql("abs"),
        help={"en": "Without the sign.", "zh": "绝对值。"},
        example=("abs(-3.5)", "3.5"),
    ),
    Function(
        name="mod",
        wide=True,
        params=(_X, Param("by", "number")),
        returns=lambda x, by: plain(common(x.type, by.type) or decimal()),
        python=_mod,
        sql=_mod_sql,
        help={
            "en": "The remainder of a division, with the sign of the first; blank for 0.",
            "zh": "余数，符号同被除数；除数为 0 时为空。",
        },
        example=("mod(7, 3)", "1"),
    ),
    Function(
        name="sqrt",
        params=(_X,),
        returns=decimal(),
        python=_sqrt,
        sql=_sqrt_sql,
        repeats=2,
        help={"en": "The square root; blank below 0.", "zh": "平方根；负数为空。"},
        example=("sqrt(2)", "1.414213562373"),
    ),
)
