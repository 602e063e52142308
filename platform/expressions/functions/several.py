"""One value of several: the largest, the smallest, the sum, the mean. With a single value they run over rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions import numbers
from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.coercion import argument
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.functions.aggregates import aggregated
from sartor.platform.expressions.nodes import Call, Chain, Literal
from sartor.platform.expressions.operators import added
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.numeric import divided, exact
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import BOOLEAN, INTEGER, decimal, plain

_MANY = (Param("x", "any"), Param("y", "any"), Param("…", "any", optional=True, many=True))


def _extreme(checker: Checking, function: Function, node: Call) -> Term:
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


def _sum(checker: Checking, function: Function, node: Call) -> Term:
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
    written = Chain(("??",), (term.node, Literal(0)), position=term.node.position)
    return Term("coalesce", plain(kind), (term, Term("const", INTEGER, value=0)), node=written)


def _average(checker: Checking, function: Function, node: Call) -> Term:
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
    total: sa.ColumnElement = sa.func.coalesce(elements[0], sa.literal_column("0"))
    for element in elements[1:]:
        total = total + sa.func.coalesce(element, sa.literal_column("0"))
    many = Sql(sa.func.num_nonnulls(*elements, type_=sa.Integer()), INTEGER, scale=0)
    return divided(b, Sql(total, decimal()), many, decimal())


def _largest(*given: Any) -> Any:
    return max((value for value in given if value is not None), default=None)


def _smallest(*given: Any) -> Any:
    return min((value for value in given if value is not None), default=None)


def _extreme_sql(name: str) -> Callable[..., Sql]:
    def run(b: Builder, *args: Sql) -> Sql:
        there = [arg for arg in args if not arg.blank]
        if not there:
            return args[0]
        number = there[0].type.number
        elements = [exact(b, arg).element if number else arg.element for arg in there]
        return Sql(getattr(sa.func, name)(*elements), there[0].type)

    return run


FUNCTIONS = (
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
