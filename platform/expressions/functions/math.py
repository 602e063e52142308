"""Numbers: rounding, parts, the largest and the smallest."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa

from sartor.platform.expressions import numbers
from sartor.platform.expressions.coercion import argument
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.functions.aggregates import aggregated
from sartor.platform.expressions.nodes import Call
from sartor.platform.expressions.operators import added
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.numeric import divided, exact
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import BOOLEAN, INTEGER, PLACES, Type, common, decimal, plain

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
    guard = sa.literal_column(str(numbers.ROOT_GUARD))
    number = sa.func.round(exact(b, x).element, guard, type_=sa.Numeric())
    root = sa.case((number >= sa.literal_column("0"), sa.func.sqrt(sa.func.abs(number), type_=sa.Numeric())))
    return Sql(sa.func.round(root, sa.literal_column(str(PLACES)), type_=sa.Numeric()), decimal())


def _simple_sql(name: str):
    return lambda b, x: Sql(getattr(sa.func, name)(exact(b, x).element, type_=sa.Numeric()), decimal())


def _extreme(checker, function: Function, node: Call) -> Term:
    """Over rows with one value, of several values otherwise."""
    if len(node.arguments) == 1 and checker.aggregates:
        return aggregated(checker, node)
    checker.count(function, node)
    found = [checker.visit(each) for each in node.arguments]
    kind = "day" if any(term.type.name == "date" for term in found) else None
    whole, found = checker.unified([argument(checker, term, kind) if kind else term for term in found])
    if not whole.number and whole.name not in ("date", "instant", "duration", "null"):
        argument(checker, found[0], "number")
    return Term("call", whole, tuple(found), node=node, function=function)


def _sum(checker, function: Function, node: Call) -> Term:
    """`a + b + …`, where blanks count as 0."""
    if len(node.arguments) == 1 and checker.aggregates:
        return aggregated(checker, node)
    checker.count(function, node)
    found = [_or_zero(argument(checker, checker.visit(each), "number")) for each in node.arguments]
    total = found[0]
    for term in found[1:]:
        total = added(checker, "+", total, term, node)
    return total


def _or_zero(term: Term) -> Term:
    kind = term.type if term.type.number else INTEGER
    return Term("coalesce", plain(kind), (term, Term("const", INTEGER, value=0)), node=term.node)


def _average(checker, function: Function, node: Call) -> Term:
    if len(node.arguments) == 1 and checker.aggregates:
        return aggregated(checker, node)
    checker.count(function, node)
    args = tuple(argument(checker, checker.visit(each), "number") for each in node.arguments)
    return Term("call", decimal(), args, node=node, function=function)


def _mean(*given: numbers.Number | None) -> Decimal | None:
    found = [value for value in given if value is not None]
    total: numbers.Number = 0
    for value in found:
        total = numbers.add(total, value)
    return numbers.divide(total, len(found)) if found else None


def _mean_sql(b: Builder, *args: Sql) -> Sql:
    elements = [exact(b, arg).element for arg in args if not arg.blank]
    if not elements:
        return args[0]
    total = sa.func.coalesce(elements[0], sa.literal_column("0"))
    for element in elements[1:]:
        total = total + sa.func.coalesce(element, sa.literal_column("0"))
    many = Sql(sa.func.num_nonnulls(*elements, type_=sa.Integer()), INTEGER, scale=0)
    return divided(b, Sql(total, decimal()), many, decimal())


def _largest(*given: object) -> object:
    return max((value for value in given if value is not None), default=None)


def _smallest(*given: object) -> object:
    return min((value for value in given if value is not None), default=None)


def _extreme_sql(name: str):
    def run(b: Builder, *args: Sql) -> Sql:
        there = [arg for arg in args if not arg.blank]
        if not there:
            return args[0]
        number = there[0].type.number
        elements = [exact(b, arg).element if number else arg.element for arg in there]
        return Sql(getattr(sa.func, name)(*elements), there[0].type)

    return run


_MANY = (Param("x", "any"), Param("y", "any"), Param("…", "any", optional=True, many=True))

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
        python=lambda value: -value if value < 0 else value,
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
    Function(
        name="min",
        wide=True,
        params=_MANY,
        returns=BOOLEAN,
        python=_smallest,
        sql=_extreme_sql("least"),
        nulls=True,
        build=_extreme,
        help={
            "en": "The smallest of several numbers or days, blanks left out; over rows with one value.",
            "zh": "若干数字或日期中最小的，忽略空值；只有一个值时对多行取最小。",
        },
        example=("min(3, 1.5, 2)", "1.5"),
    ),
    Function(
        name="max",
        wide=True,
        params=_MANY,
        returns=BOOLEAN,
        python=_largest,
        sql=_extreme_sql("greatest"),
        nulls=True,
        build=_extreme,
        help={
            "en": "The largest of several numbers or days, blanks left out; over rows with one value.",
            "zh": "若干数字或日期中最大的，忽略空值；只有一个值时对多行取最大。",
        },
        example=("max(3, 1.5, null)", "3"),
    ),
    Function(
        name="sum",
        params=_MANY,
        returns=BOOLEAN,
        build=_sum,
        help={
            "en": "The sum of several values, blanks as 0; over rows with one value.",
            "zh": "若干值之和，空值按 0；只有一个值时对多行求和。",
        },
        example=("sum(1, 2.5, null)", "3.5"),
    ),
    Function(
        name="average",
        aliases=("avg", "mean"),
        params=_MANY,
        returns=decimal(),
        python=_mean,
        sql=_mean_sql,
        nulls=True,
        repeats=2,
        build=_average,
        help={
            "en": "The mean of several values, blanks left out; over rows with one value.",
            "zh": "若干值的平均，忽略空值；只有一个值时对多行求平均。",
        },
        example=("average(1, 2, null)", "1.5"),
    ),
)
