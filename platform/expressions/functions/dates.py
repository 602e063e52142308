"""Days and instants: now, and their parts. An instant counts as its local day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa

from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.coercion import argument
from sartor.platform.expressions.env import Env
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.nodes import Call
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.sql.moments import local_time
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import DATE, INSTANT, INTEGER
from sartor.platform.expressions.zones import local
from sartor.platform.text import gettext as _

_DAY = Param("day", "date")


def _text(number: int) -> sa.ColumnElement:
    return sa.literal_column(str(number))


def part(name: str) -> Callable[[Builder, Sql], sa.ColumnElement]:
    """EXTRACT of a part as an integer."""
    return lambda b, day: sa.cast(sa.extract(name, day.element), sa.Integer())


def _date(checker: Checking, function: Function, node: Call) -> Term:
    """The local day of an instant, or the day of year, month and day."""
    if len(node.arguments) == 1:
        return argument(checker, checker.visit(node.arguments[0]), "date")
    if len(node.arguments) != 3:
        raise checker.fault(node, _("Write date(instant) or date(year, month, day)."))
    args = tuple(argument(checker, checker.visit(each), "integer") for each in node.arguments)
    return Term("call", DATE, args, node=node, function=function)


def _date_sql(b: Builder, year: Sql, month: Sql, day: Sql) -> sa.ColumnElement:
    """NULL for a day that does not exist: the first of the month moved by days stays in the month."""
    numbers = [b.bounded(each, 0, 10_000) for each in (year, month, day)]
    inside = sa.and_(numbers[0].between(1, 9999), numbers[1].between(1, 12), numbers[2].between(1, 31))
    first = sa.func.make_date(numbers[0], numbers[1], _text(1), type_=sa.Date())
    found = sa.type_coerce(first + (numbers[2] - _text(1)), sa.Date())
    same = sa.extract("month", found) == numbers[1]
    return sa.case((inside, sa.case((same, found))))


def _clock(name: str) -> Function:
    """The hour or the minute on the local clock."""

    def sql(b: Builder, moment: Sql) -> sa.ColumnElement:
        if b.sqlite:
            return sqlite_call(name, [moment], sa.BigInteger(), b.bind("env_zone", sa.Text()), kinds="t")
        return sa.cast(sa.extract(name, local_time(b, moment.element)), sa.Integer())

    help_en, help_zh, shown = _CLOCK[name]
    return Function(
        name=name,
        params=(Param("instant", "instant"),),
        returns=INTEGER,
        python=lambda env, moment: getattr(local(moment, env.zone), name),
        env=True,
        sql=sql,
        native=True,
        repeats=2,
        help={"en": help_en, "zh": help_zh},
        example=(f"{name}(d'2026-05-01T10:30Z')", shown),
    )


_CLOCK = {
    "hour": ("The hour of an instant, local, 0 to 23.", "时间的小时（本地），0 至 23。", "18"),
    "minute": ("The minute of an instant, 0 to 59.", "时间的分钟，0 至 59。", "30"),
}


def _today(env: Env) -> date:
    return env.today


def _now(env: Env) -> datetime:
    return env.now


FUNCTIONS = (
    Function(
        name="today",
        aliases=("datenow",),
        params=(),
        returns=DATE,
        python=_today,
        env=True,
        volatile=True,
        help={"en": "The local day now.", "zh": "今天。"},
        example=("today()", "d'2026-05-15'"),
    ),
    Function(
        name="now",
        params=(),
        returns=INSTANT,
        python=_now,
        env=True,
        volatile=True,
        help={"en": "This instant.", "zh": "此刻。"},
        example=("now()", "d'2026-05-15T10:00:00Z'"),
    ),
    Function(
        name="date",
        params=(
            Param("instant or year", "any"),
            Param("month", "integer", optional=True),
            Param("day", "integer", optional=True),
        ),
        returns=DATE,
        python=date,
        sql=_date_sql,
        repeats=8,
        build=_date,
        help={
            "en": "The local day of an instant, or a day from year, month and day.",
            "zh": "时间的本地日期，或由年、月、日组成的日期。",
        },
        example=("date(2026, 5, 1)", "d'2026-05-01'"),
    ),
    *(
        Function(
            name=name,
            params=(_DAY,),
            returns=INTEGER,
            python=python,
            sql=part(field),
            help={"en": english, "zh": chinese},
            example=(f"{name}(d'2026-05-01')", shown),
        )
        for name, python, field, english, chinese, shown in (
            ("year", lambda day: day.year, "year", "The year of a day.", "日期的年份。", "2026"),
            ("quarter", lambda day: (day.month + 2) // 3, "quarter", "The quarter, 1 to 4.", "季度，1 至 4。", "2"),
            ("month", lambda day: day.month, "month", "The month, 1 to 12.", "月份，1 至 12。", "5"),
            ("day", lambda day: day.day, "day", "The day of the month.", "月中的第几天。", "1"),
            ("weekday", date.isoweekday, "isodow", "The day of the week, Monday is 1.", "星期几，星期一为 1。", "5"),
            ("weeknum", lambda day: day.isocalendar().week, "week", "The ISO week of the year.", "ISO 周数。", "18"),
        )
    ),
    _clock("hour"),
    _clock("minute"),
)
