"""Ranges of days, used with `in`: `created_at in this_month()`. A range is a first day and the day after the last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.env import Env
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.functions.calendar import start_of_week
from sartor.platform.expressions.nodes import Call
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import RANGE
from sartor.platform.text import gettext as _

Bounds = tuple[date, date]

MAX_DAYS = 36_600
MONTHS = {"month": 1, "quarter": 3, "year": 12}
SHIFTS = {"last": -1, "this": 0, "next": 1}
CHINESE = {"week": "周", "month": "月", "quarter": "季度", "year": "年", "last": "上", "this": "本", "next": "下"}
EXAMPLES = {
    "this_week": "d'2026-05-15' in this_week()",
    "last_week": "d'2026-05-10' in last_week()",
    "next_week": "d'2026-05-18' in next_week()",
    "this_month": "d'2026-05-31' in this_month()",
    "last_month": "d'2026-04-30' in last_month()",
    "next_month": "d'2026-06-01' in next_month()",
    "this_quarter": "d'2026-04-01' in this_quarter()",
    "last_quarter": "d'2026-03-31' in last_quarter()",
    "next_quarter": "d'2026-07-01' in next_quarter()",
    "this_year": "d'2026-01-01' in this_year()",
    "last_year": "d'2025-12-31' in last_year()",
    "next_year": "d'2027-01-01' in next_year()",
}


def _week(shift: int) -> Callable[[Env], Bounds]:
    def bounds(env: Env) -> Bounds:
        first = start_of_week(env.today, env.week_start) + timedelta(days=7 * shift)
        return first, first + timedelta(days=7)

    return bounds


def _first(months: int) -> date:
    """The first day of a month, counted from the year 0."""
    return date(months // 12, months % 12 + 1, 1)


def _months(unit: str, shift: int) -> Callable[[Env], Bounds]:
    many = MONTHS[unit]

    def bounds(env: Env) -> Bounds:
        today = env.today
        months = today.year * 12 + (today.month - 1) // many * many + many * shift
        return _first(months), _first(months + many)

    return bounds


def _last(env: Env, count: int) -> Bounds:
    end = env.today + timedelta(days=1)
    return end - timedelta(days=count), end


def _next(env: Env, count: int) -> Bounds:
    return env.today, env.today + timedelta(days=count)


def _counted(checker: Checking, function: Function, node: Call) -> Term:
    args = checker.arguments(function, node)
    if not isinstance(args[0].value, int) or not 0 < args[0].value <= MAX_DAYS:
        raise checker.fault(node.arguments[0], _("A number of days between 1 and %(most)s is expected.", most=MAX_DAYS))
    return Term("call", RANGE, tuple(args), node=node, function=function)


def _named(shift: str, unit: str) -> Function:
    name = f"{shift}_{unit}"
    return Function(
        name=name,
        params=(),
        returns=RANGE,
        python=_week(SHIFTS[shift]) if unit == "week" else _months(unit, SHIFTS[shift]),
        env=True,
        volatile=True,
        help={"en": f"The days of {shift} {unit}.", "zh": f"{CHINESE[shift]}{CHINESE[unit]}的日期。"},
        example=(EXAMPLES[name], "true"),
    )


FUNCTIONS = (
    *(_named(shift, unit) for unit in ("week", *MONTHS) for shift in SHIFTS),
    Function(
        name="last",
        params=(Param("days", "integer", literal=True),),
        returns=RANGE,
        python=_last,
        env=True,
        volatile=True,
        build=_counted,
        help={"en": "The last n days, today included.", "zh": "最近 n 天（含今天）。"},
        example=("d'2026-05-09' in last(7)", "true"),
    ),
    Function(
        name="next",
        params=(Param("days", "integer", literal=True),),
        returns=RANGE,
        python=_next,
        env=True,
        volatile=True,
        build=_counted,
        help={"en": "The next n days, today included.", "zh": "未来 n 天（含今天）。"},
        example=("d'2026-05-22' in next(7)", "false"),
    ),
)
