"""Which days a page of a calendar shows. Weeks begin on Monday."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

MONTH, WEEK, DAY = "month", "week", "day"
FIRST, LAST = date(1000, 1, 8), date(9999, 11, 30)
"""Days of which a whole page can be shown, and asked for."""
STEPS = {WEEK: timedelta(days=7), DAY: timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Span:
    """scale: `month`, `week` or `day`; about: a day of it."""

    scale: str
    about: date

    @property
    def weeks(self) -> list[list[date]]:
        days = list(self.days)
        return [days[at : at + 7] for at in range(0, len(days), 7)]

    @property
    def days(self) -> Iterator[date]:
        """Whole weeks: those that a month touches, or the one; or the day alone."""
        if self.scale == DAY:
            yield self.about
            return
        day = monday(self.about.replace(day=1) if self.scale == MONTH else self.about)
        last = _next_month(self.about) if self.scale == MONTH else day + timedelta(days=7)
        while day < last or day.weekday():
            yield day
            day += timedelta(days=1)

    @property
    def first(self) -> date:
        return next(self.days)

    @property
    def last(self) -> date:
        return self.weeks[-1][-1]

    def holds(self, day: date) -> bool:
        """Whether a day is of the month itself, not of a week at its ends."""
        return self.scale != MONTH or (day.year, day.month) == (self.about.year, self.about.month)

    def before(self) -> Span:
        if self.scale == MONTH:
            return Span(MONTH, self.about.replace(day=1) - timedelta(days=1))
        return Span(self.scale, self.about - STEPS[self.scale])

    def after(self) -> Span:
        return Span(self.scale, _next_month(self.about) if self.scale == MONTH else self.about + STEPS[self.scale])


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def span(scale: Any, about: str | None, today: date) -> Span:
    """What an address asks for; what is no day, or one that no page can show, is today."""
    try:
        day = date.fromisoformat(about or "")
    except ValueError:
        day = today
    return Span(scale if scale in STEPS else MONTH, day if FIRST <= day <= LAST else today)
