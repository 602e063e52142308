"""Days moved by units of the calendar."""

from __future__ import annotations

import calendar as months_of
from datetime import date

import sqlalchemy as sa

from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.coercion import argument
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.functions import spans
from sartor.platform.expressions.nodes import Call, Chain, Literal
from sartor.platform.expressions.operators import multiplied
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.moments import AFTER, BEFORE
from sartor.platform.expressions.sql.numeric import within
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import DATE, DURATION, INSTANT, INTEGER
from sartor.platform.text import gettext as _
from sartor.platform.text import near

MAX_MONTHS = 3_600
UNITS = {"day": 0, "week": 0, "month": 1, "quarter": 3, "year": 12, "hour": 0, "minute": 0}
LETTERS = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}

_DAY = Param("day", "date")


def add_months(day: date, count: int) -> date | None:
    """The same day of another month, or its last day; None beyond 300 years."""
    if abs(count) > MAX_MONTHS:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = months_of.monthrange(year, month + 1)[1] if 1 <= year <= 9999 else 31
    return date(year, month + 1, min(day.day, last))


def add_months_sql(b: Builder, day: Sql, count: Sql) -> sa.ColumnElement:
    number = sa.cast(within(count.element, MAX_MONTHS + 1), sa.Integer())
    months = sa.func.make_interval(sa.literal_column("0"), number)
    moved = sa.cast(sa.cast(day.element, sa.DateTime()) + sa.type_coerce(months, sa.Interval()), sa.Date())
    after, before = (sa.cast(sa.literal_column(edge), sa.Date()) for edge in (AFTER, BEFORE))
    below = sa.func.nullif(sa.func.least(moved, after), after)
    return sa.func.nullif(sa.func.greatest(below, before), before, type_=sa.Date())


def _unit(checker: Checking, node: Call, written: Term) -> str:
    """The unit that a written text names: `month`, `months`, `M`."""
    word = str(written.value).lower()
    name = LETTERS.get(word, word.removesuffix("s"))
    if name not in UNITS:
        close = near(name, UNITS)
        raise checker.fault(
            node.arguments[2],
            _("“%(unit)s” is no unit; use %(units)s.", unit=written.value, units=", ".join(UNITS)),
            close,
        )
    return name


def _datedif(checker: Checking, function: Function, node: Call) -> Term:
    start, end, written = checker.arguments(function, node)
    unit = _unit(checker, node, written)
    if unit in ("month", "year"):
        return Term("call", INTEGER, (end, start), node=node, function=_NAMED[unit + "s"])
    if unit != "day":
        raise checker.fault(node.arguments[2], _("datedif counts days, months or years."))
    return Term("elapsed_days", INTEGER, (end, start), node=node)


def _dateadd(checker: Checking, function: Function, node: Call) -> Term:
    checker.count(function, node)
    moment, count, written = (checker.visit(each) for each in node.arguments)
    if not isinstance(node.arguments[2], Literal):
        raise checker.fault(node.arguments[2], _("“%(name)s” must be written out here, not computed.", name="unit"))
    unit, count = _unit(checker, node, written), argument(checker, count, "integer")
    if unit in ("hour", "minute"):
        moment = argument(checker, moment, "instant")
        by = Term("call", DURATION, (count,), node=Call(unit + "s", (count.node,)), function=_NAMED[unit + "s"])
        return Term("shift", INSTANT, (moment, by), node=node)
    times = Term("const", INTEGER, value=7 if unit == "week" else UNITS[unit] or 1, node=node)
    product = Chain(("*",), (count.node, Literal(times.value)), position=count.node.position)
    many = count if times.value == 1 else multiplied(checker, "*", count, times, product)
    if UNITS[unit]:
        return Term("call", DATE, (argument(checker, moment, "date"), many), node=node, function=_NAMED["addmonths"])
    kept = moment if moment.type.name == "instant" else argument(checker, moment, "date")
    return Term("shift", kept.type, (kept, many), node=node)


FUNCTIONS = (
    Function(
        name="datedif",
        aliases=("dateif",),
        params=(Param("start", "date"), Param("end", "date"), Param("unit", "text", literal=True)),
        returns=INTEGER,
        build=_datedif,
        help={
            "en": "Days ('D'), whole months ('M') or whole years ('Y') from the first to the second.",
            "zh": "从前者到后者的天数 ('D')、整月数 ('M') 或整年数 ('Y')。",
        },
        example=("datedif(d'2026-01-15', d'2026-05-01', 'M')", "3"),
    ),
    Function(
        name="dateadd",
        aliases=("datedelta",),
        params=(Param("moment", "any"), Param("n", "integer"), Param("unit", "text", literal=True)),
        returns=DATE,
        build=_dateadd,
        help={
            "en": "A day moved by days, weeks, months, quarters or years; an instant also by hours and minutes.",
            "zh": "日期加减天、周、月、季、年；时间还可加减小时、分钟。",
        },
        example=("dateadd(d'2026-01-31', 1, 'month')", "d'2026-02-28'"),
    ),
    Function(
        name="addmonths",
        aliases=("edate",),
        params=(_DAY, Param("n", "integer")),
        returns=DATE,
        python=add_months,
        sql=add_months_sql,
        help={
            "en": "The same day some months later, or the last day of a shorter month.",
            "zh": "若干月后的同一天；月份较短时取月末。",
        },
        example=("addmonths(d'2026-03-31', -1)", "d'2026-02-28'"),
    ),
)

_NAMED = {each.name: each for each in (*spans.FUNCTIONS, *FUNCTIONS)}
