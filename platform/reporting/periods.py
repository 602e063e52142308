"""Periods: the days that a number is about, read from what people and definitions write, and the period before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from sartor.platform.errors import Invalid, InvalidExpression, Problem
from sartor.platform.expressions import RANGE, Env, NoNames, check, evaluate
from sartor.platform.expressions.functions.moves import add_months
from sartor.platform.fields.operators import PERIODS
from sartor.platform.reporting.buckets import bucket_of, label_of, span_of
from sartor.platform.text import did_you_mean, near, ngettext, pick
from sartor.platform.text import gettext as _
from sartor.platform.ui import format as formats

DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:/|\.\.)(\d{4}-\d\d-\d\d)\Z")
LAST = re.compile(r"last\((\d+)\)\Z")
NEXT = re.compile(r"next\((\d+)\)\Z")
YEARS = range(1600, 9000)
"""So that the period before, and the day after, can be reckoned."""


@dataclass(frozen=True, slots=True)
class Period:
    """first: the first day; end: the day after the last one. text: the range as written, None for days alone."""

    first: date
    end: date
    text: str | None = None

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    def holds(self, day: date) -> bool:
        return self.first <= day < self.end

    def condition(self, path: str) -> str:
        """That a day or an instant lies in it, in the expression language."""
        if self.text is not None:
            return f"{path} in {self.text}"
        return f"{path} between d'{self.first.isoformat()}' and d'{self.last.isoformat()}'"

    def within(self, other: Period | None) -> Period | None:
        """The days of both; None where there are none."""
        if other is None:
            return self
        if (other.first, other.end) == (self.first, self.end):
            return other if other.text else self
        first, end = max(self.first, other.first), min(self.end, other.end)
        return Period(first, end) if first < end else None

    @property
    def months(self) -> int | None:
        """How many whole months it is; None where it begins or ends within one."""
        if self.first.day != 1 or self.end.day != 1:
            return None
        return (self.end.year - self.first.year) * 12 + self.end.month - self.first.month

    def before(self) -> Period:
        """The period of the same length just before: whole months before whole months, else as many days."""
        if self.months:
            return Period(_moved(self.first, -self.months), self.first)
        return Period(self.first - (self.end - self.first), self.first)

    def year_before(self) -> Period:
        return Period(_moved(self.first, -12), _moved(self.end, -12))

    def until(self, day: date) -> Period:
        """Its part up to a day, that day included."""
        return Period(self.first, min(self.end, max(day, self.first) + timedelta(days=1)))

    def label(self) -> str:
        """`this month`, `last 90 days`, `August 2026`, `5 Jan – 9 Feb 2026`."""
        return self._named() or self._calendar() or self._days()

    def _named(self) -> str | None:
        if self.text is None:
            return None
        for each in PERIODS.values():
            if each.range == self.text:
                return pick(each.label)
        if found := LAST.match(self.text):
            return ngettext("last %(n)s day", "last %(n)s days", int(found[1]))
        if found := NEXT.match(self.text):
            return ngettext("next %(n)s day", "next %(n)s days", int(found[1]))
        return None

    def _calendar(self) -> str | None:
        for unit in ("day", "month", "quarter", "year"):
            if span_of(bucket_of(self.first, unit), unit) == (self.first, self.end):
                return label_of(bucket_of(self.first, unit), unit)
        return None

    def _days(self) -> str:
        return f"{formats.day(self.first)} – {formats.day(self.last)}"


def _moved(day: date, months: int) -> date:
    return add_months(day, months) or day


def read_period(text: str, env: Env) -> Period:
    """A period as it stands in a definition or an address: `this_month()`, `this_month`, `last(90)`,
    `2026-01-01/2026-03-31`, `2026-05`, `2026-Q2`, `2026`.

    :raises Invalid: with what is known, and the near match.
    """
    text = text.strip()
    if found := DAYS.match(text):
        return _of_days(text, found[1], found[2])
    if plain := _of_bucket(text):
        return plain
    written = PERIODS[text].range if text in PERIODS else text
    try:
        checked = check(written, NoNames(), "", expect=RANGE)
    except InvalidExpression:
        raise _unknown(text) from None
    first, end = cast(tuple[date, date], evaluate(checked, {}, env))
    return Period(first, end, checked.text)


def _of_bucket(text: str) -> Period | None:
    for unit, shape in (("year", r"\d{4}\Z"), ("quarter", r"\d{4}-Q[1-4]\Z"), ("month", r"\d{4}-(0[1-9]|1[0-2])\Z")):
        if re.match(shape, text) and int(text[:4]) in YEARS:
            return Period(*span_of(text, unit))
    return None


def _of_days(text: str, first: str, last: str) -> Period:
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        if start <= end and start.year in YEARS and end.year in YEARS:
            return Period(start, end + timedelta(days=1))
    except ValueError:
        pass
    said = _("“%(text)s” are no days of which the first comes first.", text=text)
    raise Invalid(said, [Problem("period", "period", said)])


def _unknown(text: str) -> Invalid:
    guess = near(text.removesuffix("()"), PERIODS)
    said = _("“%(text)s” is no period, such as this_month, last(90), 2026-Q2 or 2026-01-01/2026-03-31.", text=text)
    said += did_you_mean(guess)
    return Invalid(said, [Problem("period", "period", said, guess)])
