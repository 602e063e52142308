"""Days and instants: now, their parts, differences and moved dates. An instant counts as its local day."""

from __future__ import annotations

import calendar as months_of
from collections.abc import Callable
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from sartor.platform.expressions.coercion import argument
from sartor.platform.expressions.env import Env
from sartor.platform.expressions.function import Function, Param
from sartor.platform.expressions.moments import MAX_DAYS
from sartor.platform.expressions.nodes import Call, Literal
from sartor.platform.expressions.operators import multiplied
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.sql.moments import AFTER, BEFORE, local_time
from sartor.platform.expressions.sql.numeric import exact, within
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import DATE, DURATION, INSTANT, INTEGER
from sartor.platform.expressions.zones import local
from sartor.platform.text import gettext as _
from sartor.platform.text import near

MAX_MONTHS = 3_600
MAX_SECONDS = MAX_DAYS * 86_400  # of a duration
SECONDS = {"days": 86_400, "hours": 3_600, "minutes": 60}
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


def whole_months(later: date, earlier: date) -> int:
    """Months that have fully passed, negative where the order is the other way."""
    if later < earlier:
        return -whole_months(earlier, later)
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


def whole_years(later: date, earlier: date) -> int:
    months = whole_months(later, earlier)
    return months // 12 if months >= 0 else -(-months // 12)


def _text(number: int) -> sa.ColumnElement:
    return sa.literal_column(str(number))


def part(name: str) -> Callable[[Builder, Sql], sa.ColumnElement]:
    """EXTRACT of a part as an integer."""
    return lambda b, day: sa.cast(sa.extract(name, day.element), sa.Integer())


def add_months_sql(b: Builder, day: Sql, count: Sql) -> sa.ColumnElement:
    number = sa.cast(within(count.element, MAX_MONTHS + 1), sa.Integer())
    months = sa.func.make_interval(sa.literal_column("0"), number)
    moved = sa.cast(sa.cast(day.element, sa.DateTime()) + sa.type_coerce(months, sa.Interval()), sa.Date())
    after, before = (sa.cast(sa.literal_column(edge), sa.Date()) for edge in (AFTER, BEFORE))
    below = sa.func.nullif(sa.func.least(moved, after), after)
    return sa.func.nullif(sa.func.greatest(below, before), before, type_=sa.Date())


def whole_months_sql(b: Builder, later: Sql, earlier: Sql) -> sa.ColumnElement:
    one, other = later.element, earlier.element
    ahead, back = _passed(one, other), _passed(other, one)
    return sa.case((one >= other, ahead), (one < other, -back))


def _passed(later: sa.ColumnElement, earlier: sa.ColumnElement) -> sa.ColumnElement:
    """Full months from the earlier to the later day."""
    years = sa.extract("year", later) - sa.extract("year", earlier)
    months = years * _text(12) + sa.extract("month", later) - sa.extract("month", earlier)
    short = sa.case((sa.extract("day", later) < sa.extract("day", earlier), _text(1)), else_=_text(0))
    return sa.cast(months - short, sa.Integer())


def whole_years_sql(b: Builder, later: Sql, earlier: Sql) -> sa.ColumnElement:
    months = whole_months_sql(b, later, earlier)
    return sa.cast(sa.func.div(sa.cast(months, sa.Numeric()), _text(12)), sa.Integer())


def _date(checker, function: Function, node: Call) -> Term:
    """The local day of an instant, or the day of year, month and day."""
    if len(node.arguments) == 1:
        return argument(checker, checker.visit(node.arguments[0]), "date")
    if len(node.arguments) != 3:
        checker.fail(node, _("Write date(instant) or date(year, month, day)."))
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


def _span(checker, function: Function, node: Call) -> Term:
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

    def run(first: int | datetime, second: datetime | None = None) -> object:
        if second is None:
            return unit * first if abs(first) <= most else None
        return abs(first - second) // unit * (1 if first >= second else -1)

    return run


def _span_sql(name: str) -> Callable[..., sa.ColumnElement]:
    def run(b: Builder, first: Sql, second: Sql | None = None) -> sa.ColumnElement:
        if second is None:
            number = within(exact(b, first).element, MAX_SECONDS // SECONDS[name] + 1)
            return sa.cast(number, sa.BigInteger()) * _text(SECONDS[name] * 1_000_000)
        seconds = sa.extract("epoch", sa.type_coerce(first.element - second.element, sa.Interval()))
        return sa.cast(sa.func.trunc(seconds / _text(SECONDS[name]), type_=sa.Numeric()), sa.BigInteger())

    return run


def _unit(checker, node: Call, written: Term) -> str:
    """The unit that a written text names: `month`, `months`, `M`."""
    word = str(written.value).lower()
    name = LETTERS.get(word, word.removesuffix("s"))
    if name not in UNITS:
        close = near(name, UNITS)
        checker.fail(
            node.arguments[2],
            _("“%(unit)s” is no unit; use %(units)s.", unit=written.value, units=", ".join(UNITS)),
            close,
        )
    return name


def _datedif(checker, function: Function, node: Call) -> Term:
    start, end, written = checker.arguments(function, node)
    unit = _unit(checker, node, written)
    if unit in ("month", "year"):
        return Term("call", INTEGER, (end, start), node=node, function=_NAMED[unit + "s"])
    if unit != "day":
        checker.fail(node.arguments[2], _("datedif counts days, months or years."))
    return Term("elapsed_days", INTEGER, (end, start), node=node)


def _dateadd(checker, function: Function, node: Call) -> Term:
    checker.count(function, node)
    moment, count, written = (checker.visit(each) for each in node.arguments)
    if not isinstance(node.arguments[2], Literal):
        checker.fail(node.arguments[2], _("“%(name)s” must be written out here, not computed.", name="unit"))
    unit, count = _unit(checker, node, written), argument(checker, count, "integer")
    if unit in ("hour", "minute"):
        moment = argument(checker, moment, "instant")
        by = Term("call", DURATION, (count,), node=Call(unit + "s", (count.node,)), function=_NAMED[unit + "s"])
        return Term("shift", INSTANT, (moment, by), node=node)
    times = Term("const", INTEGER, value=7 if unit == "week" else UNITS[unit] or 1, node=node)
    many = count if times.value == 1 else multiplied(checker, "*", count, times, node)
    if UNITS[unit]:
        return Term("call", DATE, (argument(checker, moment, "date"), many), node=node, function=_NAMED["addmonths"])
    kept = moment if moment.type.name == "instant" else argument(checker, moment, "date")
    return Term("shift", kept.type, (kept, many), node=node)


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
    "hour": ("The hour of an instant, local, 0 to 23.", "时间的小时（本地），0 至 23。", "10"),
    "minute": ("The minute of an instant, 0 to 59.", "时间的分钟，0 至 59。", "30"),
}


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

_NAMED = {each.name: each for each in FUNCTIONS}
