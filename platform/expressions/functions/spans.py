"""Differences of days and instants, and durations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.coercion import argument
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.moments import MAX_DAYS
from sartor.platform.expressions.nodes import Call
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.numeric import exact, within
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import DURATION, INTEGER

MAX_SECONDS = MAX_DAYS * 86_400  # of a duration
SECONDS = {"days": 86_400, "hours": 3_600, "minutes": 60}


def whole_months(later: date, earlier: date) -> int:
    """Months that have fully passed, negative where the order is the other way."""
    if later < earlier:
        return -whole_months(earlier, later)
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


def whole_years(later: date, earlier: date) -> int:
    months = whole_months(later, earlier)
    return months // 12 if months >= 0 else -(-months // 12)


def whole_months_sql(b: Builder, later: Sql, earlier: Sql) -> sa.ColumnElement:
    one, other = later.element, earlier.element
    ahead, back = _passed(one, other), _passed(other, one)
    return sa.case((one >= other, ahead), (one < other, -back))


def _digit(number: int) -> sa.ColumnElement:
    return sa.literal_column(str(number))


def _passed(later: sa.ColumnElement, earlier: sa.ColumnElement) -> sa.ColumnElement:
    """Full months from the earlier to the later day."""
    years = sa.extract("year", later) - sa.extract("year", earlier)
    months = years * _digit(12) + sa.extract("month", later) - sa.extract("month", earlier)
    short = sa.case((sa.extract("day", later) < sa.extract("day", earlier), _digit(1)), else_=_digit(0))
    return sa.cast(months - short, sa.Integer())


def whole_years_sql(b: Builder, later: Sql, earlier: Sql) -> sa.ColumnElement:
    months = whole_months_sql(b, later, earlier)
    return sa.cast(sa.func.div(sa.cast(months, sa.Numeric()), _digit(12)), sa.Integer())


def _span(checker: Checking, function: Function, node: Call) -> Term:
    """With one value a duration, with two the difference of two moments."""
    checker.count(function, node)
    first = checker.visit(node.arguments[0])
    if len(node.arguments) == 1:
        return Term("call", DURATION, (argument(checker, first, "integer"),), node=node, function=function)
    second = checker.visit(node.arguments[1])
    if function.name == "days":
        pair = argument(checker, first, "date"), argument(checker, second, "date")
        return Term("elapsed_days", INTEGER, pair, node=node)
    pair = argument(checker, first, "instant"), argument(checker, second, "instant")
    return Term("call", INTEGER, pair, node=node, function=function)


def _span_python(name: str) -> Callable[..., object]:
    unit = timedelta(seconds=SECONDS[name])
    most = MAX_SECONDS // SECONDS[name]

    def run(first: Any, second: datetime | None = None) -> Any:
        if second is None:
            return unit * first if abs(first) <= most else None
        return abs(first - second) // unit * (1 if first >= second else -1)

    return run


def _span_sql(name: str) -> Callable[..., sa.ColumnElement]:
    def run(b: Builder, first: Sql, second: Sql | None = None) -> sa.ColumnElement:
        if second is None:
            number = within(exact(b, first).element, MAX_SECONDS // SECONDS[name] + 1)
            return sa.cast(number, sa.BigInteger()) * _digit(SECONDS[name] * 1_000_000)
        seconds = sa.extract("epoch", sa.type_coerce(first.element - second.element, sa.Interval()))
        return sa.cast(sa.func.trunc(seconds / _digit(SECONDS[name]), type_=sa.Numeric()), sa.BigInteger())

    return run


def _span_function(name: str, english: str, chinese: str, example: tuple[str, str]) -> Function:
    return Function(
        name=name,
        params=(Param("n or later", "any"), Param("earlier", "any", optional=True)),
        returns=INTEGER,
        python=_span_python(name),
        sql=_span_sql(name),
        build=_span,
        help={"en": english, "zh": chinese},
        example=example,
    )


FUNCTIONS = (
    _span_function(
        "days",
        "Whole calendar days from the second to the first; with one value a duration.",
        "从后者到前者的自然日数；只有一个值时为时长。",
        ("days(d'2026-05-03', d'2026-05-01')", "2"),
    ),
    _span_function(
        "hours",
        "Whole hours from the second to the first; with one value a duration.",
        "从后者到前者的整小时数；只有一个值时为时长。",
        ("d'2026-05-01T10:00Z' + hours(2)", "d'2026-05-01T12:00:00Z'"),
    ),
    _span_function(
        "minutes",
        "Whole minutes from the second to the first; with one value a duration.",
        "从后者到前者的整分钟数；只有一个值时为时长。",
        ("minutes(d'2026-05-01T10:05Z', d'2026-05-01T10:00Z')", "5"),
    ),
    Function(
        name="months",
        params=(Param("later", "date"), Param("earlier", "date")),
        returns=INTEGER,
        python=whole_months,
        sql=whole_months_sql,
        repeats=6,
        help={"en": "Whole months from the second to the first.", "zh": "从后者到前者的整月数。"},
        example=("months(d'2026-05-01', d'2026-01-15')", "3"),
    ),
    Function(
        name="years",
        params=(Param("later", "date"), Param("earlier", "date")),
        returns=INTEGER,
        python=whole_years,
        sql=whole_years_sql,
        repeats=6,
        help={
            "en": "Whole years from the second to the first, such as an age.",
            "zh": "从后者到前者的整年数，如年龄。",
        },
        example=("years(d'2026-05-01', d'1990-06-01')", "35"),
    ),
)
