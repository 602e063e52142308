"""The calendar around a day: firsts and lasts, lengths of months, working days."""

from __future__ import annotations

import calendar as months_of
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.env import Env
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.nodes import Call
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import DATE, INTEGER, list_of
from sartor.platform.text import gettext as _

_DAY = Param("day", "date")


def start_of_week(day: date, week_start: int) -> date:
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def _start_of_week(env: Env, day: date) -> date:
    return start_of_week(day, env.week_start)


def _start_of_week_sql(b: Builder, day: Sql) -> sa.ColumnElement:
    start = b.bind("env_week_start", sa.Integer())
    if b.sqlite:
        return sqlite_call("startofweek", [day], sa.Date(), start)
    weekday = sa.cast(sa.extract("isodow", day.element), sa.Integer())
    back = sa.func.mod(weekday + sa.literal_column("6") - start, sa.literal_column("7"), type_=sa.Integer())
    return sa.type_coerce(day.element - back, sa.Date())


def _truncated(unit: str):
    return lambda b, day: sa.cast(sa.func.date_trunc(unit, sa.cast(day.element, sa.DateTime())), sa.Date())


def _end_of_month(day: date) -> date:
    return day.replace(day=days_of_month(day))


def days_of_month(day: date) -> int:
    return months_of.monthrange(day.year, day.month)[1]


def _end_of_month_sql(b: Builder, day: Sql) -> sa.ColumnElement:
    start = sa.func.date_trunc("month", sa.cast(day.element, sa.DateTime()))
    month: sa.ColumnElement = sa.literal_column("interval '1 month - 1 day'", sa.Interval())
    return sa.cast(sa.type_coerce(start, sa.DateTime()) + month, sa.Date())


def _days_of_month_sql(b: Builder, day: Sql) -> sa.ColumnElement:
    return sa.cast(sa.extract("day", _end_of_month_sql(b, day)), sa.Integer())


def _passed(day: date) -> int:
    """Mondays to Fridays from the first day of the calendar to this one."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def working_days(start: date, end: date, holidays: tuple[date, ...] = ()) -> int:
    """Working days from start to end, both counted; negative where the order is the other way."""
    if end < start:
        return -working_days(end, start, holidays)
    free = sum(start <= day <= end for day in {day for day in holidays if day and day.weekday() < 5})
    return _passed(end) - _passed(start) + (start.weekday() < 5) - free


def _passed_sql(day: sa.ColumnElement) -> sa.ColumnElement:
    number = sa.type_coerce(day - sa.literal_column("date '0001-01-01'", sa.Date()), sa.Integer()) + sa.literal_column(
        "1"
    )
    weeks = sa.type_coerce(number.op("/", precedence=8)(sa.literal_column("7")), sa.Integer())
    rest = sa.func.mod(number, sa.literal_column("7"), type_=sa.Integer())
    return weeks * sa.literal_column("5") + sa.func.least(rest, sa.literal_column("5"), type_=sa.Integer())


def _working_days_sql(b: Builder, start: Sql, end: Sql, holidays: Sql | None = None) -> sa.ColumnElement:
    listed: Any = holidays.constant if holidays else ()
    days = sorted({day for day in listed if day and day.weekday() < 5})

    def between(first: sa.ColumnElement, last: sa.ColumnElement) -> sa.ColumnElement:
        before = sa.type_coerce(first - sa.literal_column("1"), sa.Date())
        found = _passed_sql(last) - _passed_sql(before)
        if days:
            among = sa.cast(sa.literal("{" + ",".join(map(str, days)) + "}", sa.Text()), sa.ARRAY(sa.Date()))
            found = found - (sa.func.width_bucket(last, among) - sa.func.width_bucket(before, among))
        return sa.type_coerce(found, sa.Integer())

    one, other = start.element, end.element
    return sa.case((one <= other, between(one, other)), (one > other, -between(other, one)))


def _networkday(checker: Checking, function: Function, node: Call) -> Term:
    args = checker.arguments(function, node)
    if len(args) > 2:
        args[2] = checker.coerced(args[2], list_of(DATE))
        if any(day.op != "const" for day in args[2].args):
            raise checker.fault(node.arguments[2], _("Holidays must be written out: [d'2026-10-01', d'2026-10-02']."))
    return Term("call", INTEGER, tuple(args), node=node, function=function)


FUNCTIONS = (
    Function(
        name="startofweek",
        params=(_DAY,),
        returns=DATE,
        python=_start_of_week,
        env=True,
        sql=_start_of_week_sql,
        native=True,
        repeats=2,
        help={"en": "The first day of the week, as the workspace begins it.", "zh": "所在周的第一天（按工作区设置）。"},
        example=("startofweek(d'2026-05-01')", "d'2026-04-27'"),
    ),
    Function(
        name="startofmonth",
        params=(_DAY,),
        returns=DATE,
        python=lambda day: day.replace(day=1),
        sql=_truncated("month"),
        help={"en": "The first day of the month.", "zh": "所在月的第一天。"},
        example=("startofmonth(d'2026-05-17')", "d'2026-05-01'"),
    ),
    Function(
        name="startofquarter",
        params=(_DAY,),
        returns=DATE,
        python=lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
        sql=_truncated("quarter"),
        help={"en": "The first day of the quarter.", "zh": "所在季度的第一天。"},
        example=("startofquarter(d'2026-05-17')", "d'2026-04-01'"),
    ),
    Function(
        name="startofyear",
        params=(_DAY,),
        returns=DATE,
        python=lambda day: day.replace(month=1, day=1),
        sql=_truncated("year"),
        help={"en": "The first day of the year.", "zh": "所在年的第一天。"},
        example=("startofyear(d'2026-05-17')", "d'2026-01-01'"),
    ),
    Function(
        name="endofmonth",
        aliases=("eomonth",),
        params=(_DAY,),
        returns=DATE,
        python=_end_of_month,
        sql=_end_of_month_sql,
        help={"en": "The last day of the month.", "zh": "所在月的最后一天。"},
        example=("endofmonth(d'2026-02-03')", "d'2026-02-28'"),
    ),
    Function(
        name="daysofmonth",
        aliases=("daysinmonth",),
        params=(_DAY,),
        returns=INTEGER,
        python=days_of_month,
        sql=_days_of_month_sql,
        help={"en": "How many days the month has.", "zh": "所在月的天数。"},
        example=("daysofmonth(d'2026-02-03')", "28"),
    ),
    Function(
        name="networkday",
        aliases=("networkdays",),
        params=(Param("start", "date"), Param("end", "date"), Param("holidays", "list", optional=True, literal=True)),
        returns=INTEGER,
        python=working_days,
        sql=_working_days_sql,
        repeats=8,
        build=_networkday,
        help={
            "en": "Mondays to Fridays from start to end, both counted, without the holidays.",
            "zh": "从起到止（含两端）的周一至周五天数，去掉所列假日。",
        },
        example=("networkday(d'2026-05-01', d'2026-05-08', [d'2026-05-01'])", "5"),
    ),
)
